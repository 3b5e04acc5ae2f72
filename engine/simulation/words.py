"""The words of profile files, in English as the program calls them and in Vietnamese as people write them."""

from engine.scenario.words import Words

FILE: Words = {
    "name": "tên", "seed": "hạt giống", "start": "bắt đầu", "days": "số ngày", "warm_up": "chạy đà",
    "run_on": "chạy thêm", "arrivals": "hồ sơ đến", "officers": "cán bộ", "times": "thời gian làm",
    "decisions": "quyết định", "citizens": "người nộp", "answers": "trả lời", "services": "dịch vụ",
    "note": "ghi chú",
}  # fmt: skip
STREAM: Words = {
    "per_day": "mỗi ngày", "channels": "kênh", "answers": "tờ khai", "applicant": "loại người nộp",
}  # fmt: skip
POST: Words = {"count": "số người", "part": "phần giờ"}
TIMES: Words = {"default": "chung", "roles": "vai trò", "steps": "bước"}
CITIZENS: Words = {
    "supplement": "bổ sung sau", "never": "không bổ sung", "collect": "nhận kết quả sau",
    "pay": "nộp tiền sau", "messages": "tin nhắn",
}  # fmt: skip
LENGTHS: Words = {
    "fixed": "cố định", "triangular": "tam giác", "lognormal": "loga chuẩn", "exponential": "mũ",
    "quantiles": "phân vị",
}  # fmt: skip
LOGNORMAL: Words = {"mean": "trung bình", "deviation": "độ lệch"}
