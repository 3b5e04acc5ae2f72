"""What may be wrong with a DMN file: what is said, and what to do, in both languages."""

# rule -> (message vi, message en, remedy vi, remedy en); the texts are format strings.
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "dmn-root": (
        "tệp không phải là bảng quyết định DMN",
        "the file is no DMN file",
        "lưu bảng ở dạng DMN 1.1 đến 1.5",
        "save the table as DMN 1.1 to 1.5",
    ),
    "dmn-empty": (
        "tệp không có quyết định nào",
        "the file holds no decision",
        "vẽ ít nhất một bảng quyết định",
        "draw at least one decision table",
    ),
    "dmn-id": (
        "quyết định thiếu mã hoặc trùng mã",
        "the decision has no id, or one that exists already",
        "đặt mã (id) riêng cho mỗi quyết định",
        "give every decision an id of its own",
    ),
    "dmn-outside": (
        "{what} chưa được hỗ trợ",
        "{what} is not supported yet",
        "đưa cách tính vào ô của bảng hoặc vào bước tính trên sơ đồ",
        "put the reckoning into the cells of the table, or into a script task of the diagram",
    ),
    "dmn-requirement": (
        "quyết định dựa trên quyết định hoặc tri thức khác, điều này chưa được hỗ trợ",
        "the decision rests on another decision or on business knowledge, which is not supported yet",
        "gộp thành một bảng, hoặc gọi hai bảng ở hai bước nối tiếp trên sơ đồ",
        "make it one table, or call two tables in two steps of the diagram",
    ),
    "dmn-logic": (
        "quyết định không phải là bảng ({what})",
        "the decision is not a table ({what})",
        "dùng bảng quyết định; công thức đơn viết vào bước tính trên sơ đồ",
        "use a decision table; a single formula belongs in a script task of the diagram",
    ),
    "dmn-policy": (
        "không có cách chọn dòng «{what}»",
        "there is no hit policy «{what}»",
        "dùng UNIQUE, FIRST, ANY, PRIORITY, RULE ORDER, OUTPUT ORDER hoặc COLLECT (SUM, MIN, MAX, COUNT)",
        "use UNIQUE, FIRST, ANY, PRIORITY, RULE ORDER, OUTPUT ORDER or COLLECT (SUM, MIN, MAX, COUNT)",
    ),
    "dmn-language": (
        "ngôn ngữ biểu thức «{what}» không được dùng",
        "the expression language «{what}» is not accepted",
        "viết ô bằng FEEL và bỏ thuộc tính expressionLanguage",
        "write the cell in FEEL and remove expressionLanguage",
    ),
    "dmn-expression": (
        "ô {where}: {vi}",
        "cell {where}: {en}",
        "sửa lại ô này",
        "correct this cell",
    ),
    "dmn-shape": (
        "{vi}",
        "{en}",
        "sửa lại bảng",
        "correct the table",
    ),
    "dmn-value": (
        "ô {where}: kết quả {what} không thuộc kiểu hoặc các giá trị cho phép của cột",
        "cell {where}: the result {what} is not of the column's type or allowed values",
        "sửa kết quả, hoặc thêm giá trị vào danh sách của cột",
        "correct the result, or add the value to the column's list",
    ),
}
