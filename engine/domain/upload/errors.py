"""Why a file is not taken: each refusal names the file and says what to do."""

from engine.errors import MotcuaError


class UploadRefused(MotcuaError):
    """A file cannot be taken; nothing was stored."""

    code = "upload-refused"
    vi = "Không nhận được tệp «{file}»."
    en = "The file “{file}” cannot be taken."


class TooBig(UploadRefused):
    """Over the limit in bytes, packed or unpacked, or in pixels."""

    code = "upload-too-big"
    vi = "Tệp «{file}» quá lớn ({actual}, tối đa {limit}). Quét ở độ phân giải thấp hơn hoặc chia nhỏ tệp."
    en = "“{file}” is too big ({actual}, at most {limit}). Scan at a lower resolution or split it."


class TooMany(UploadRefused):
    """The dossier has as many files as it may have."""

    code = "upload-too-many"
    vi = "Hồ sơ đã có {limit} tệp, không thêm được «{file}». Gộp các trang vào một tệp PDF rồi nộp lại."
    en = "The dossier already has {limit} files. Merge pages into one PDF and send it again."


class EmptyFile(UploadRefused):
    """No content at all."""

    code = "upload-empty"
    vi = "Tệp «{file}» không có nội dung. Kiểm tra tệp trên máy rồi nộp lại."
    en = "“{file}” is empty. Check it and send it again."


class WrongType(UploadRefused):
    """Not one of the kinds of file that are taken."""

    code = "upload-type"
    vi = "Không nhận loại tệp của «{file}». Chỉ nhận {allowed}; lưu lại thành một trong các loại này."
    en = "The type of “{file}” is not taken. Save it as {allowed}."


class NotWhatItSays(UploadRefused):
    """The content is of another kind than the name says."""

    code = "upload-mismatch"
    vi = "Tệp «{file}» có đuôi .{extension} nhưng nội dung là loại khác. Lưu lại đúng loại rồi nộp lại."
    en = "“{file}” is named .{extension} but its content is not. Save it in the right format."


class Damaged(UploadRefused):
    """Cut off or broken."""

    code = "upload-damaged"
    vi = "Tệp «{file}» bị hỏng hoặc tải lên chưa hết ({detail}). Mở thử trên máy, lưu lại rồi nộp lại."
    en = "“{file}” is damaged or incomplete ({detail}). Open it, save it again and send it."


class Locked(UploadRefused):
    """Encrypted: nobody at the centre could read or check it."""

    code = "upload-locked"
    vi = "Tệp «{file}» đặt mật khẩu nên không kiểm tra được. Bỏ mật khẩu rồi nộp lại."
    en = "“{file}” is protected by a password. Remove it and send the file again."


class ActiveContent(UploadRefused):
    """It could do something on the computer of who opens it."""

    code = "upload-active-content"
    vi = "Tệp «{file}» chứa {what}, có thể gây hại khi mở. In tệp ra PDF mới (Print to PDF) rồi nộp lại."
    en = "“{file}” contains {what_en}, which could do harm. Print it to a new PDF and send that."
