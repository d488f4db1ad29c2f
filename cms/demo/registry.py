"""Sample documents and a sample plan; numbers, dates and sentences are of the invented agency."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleDocument:
    number: str
    issued: str
    title: str
    issuer: str = "Sở Giáo dục và Đào tạo tỉnh An Hòa"


DOCUMENTS = (
    SampleDocument(
        "412/KH-SGDĐT", "05/11/2026", "Kế hoạch kiểm tra công tác cải cách hành chính tại các trường, quý IV năm 2026"
    ),
    SampleDocument("1204/SGDĐT-GDTrH", "30/10/2026", "Hướng dẫn ôn tập và kiểm tra cuối học kỳ I, năm học 2026–2027"),
    SampleDocument("397/QĐ-SGDĐT", "21/10/2026", "Ban hành quy trình nội bộ giải quyết việc chuyển trường"),
    SampleDocument("1176/SGDĐT-VP", "14/10/2026", "Xin ý kiến về dự thảo Quy chế tiếp công dân của Sở"),
    SampleDocument("88/TB-SGDĐT", "02/10/2026", "Rút ngắn thời gian cấp bản sao văn bằng từ sổ gốc"),
    SampleDocument("951/BC-SGDĐT", "28/08/2026", "Tình hình, kết quả cải cách hành chính chín tháng đầu năm 2026"),
    SampleDocument("640/BC-SGDĐT", "29/05/2026", "Tình hình, kết quả cải cách hành chính sáu tháng đầu năm 2026"),
    SampleDocument("233/BC-SGDĐT", "27/02/2026", "Tình hình, kết quả cải cách hành chính quý I năm 2026"),
    SampleDocument("57/KH-SGDĐT", "19/01/2026", "Tuyên truyền cải cách hành chính năm 2026"),
    SampleDocument("31/KH-UBND", "12/01/2026", "Cải cách hành chính tỉnh An Hòa năm 2026", "UBND tỉnh An Hòa"),
    SampleDocument("1390/BC-SGDĐT", "18/11/2025", "Kết quả cải cách hành chính năm 2025 và nhiệm vụ năm 2026"),
    SampleDocument(
        "702/QĐ-SGDĐT", "09/06/2025", "Ban hành tiêu chí chấm điểm cải cách hành chính của các đơn vị trực thuộc"
    ),
)


@dataclass(frozen=True)
class SampleTask:
    order: str
    content: str
    product: str
    responsible: str
    deadline: str
    done: int


PLAN_NUMBER = "45/KH-SGDĐT"
PLAN_ISSUED = "15/01/2026"
PLAN_TITLE = "Cải cách hành chính của ngành Giáo dục tỉnh An Hòa năm 2026"
PLAN_BASIS = ("31/KH-UBND", "12/01/2026", "UBND tỉnh An Hòa", "Cải cách hành chính tỉnh An Hòa năm 2026")
PLAN_SIGNER = ("Lâm Thị Giám", "GIÁM ĐỐC")
PLAN_RECIPIENTS = ("UBND tỉnh (để báo cáo)", "Các phòng thuộc Sở", "Các trường trực thuộc", "Lưu: VT")
# Heading, then its paragraphs.
PLAN_PARTS = (
    (
        "I. Mục đích, yêu cầu",
        (
            "Người dân, phụ huynh và học sinh làm thủ tục nhanh hơn, biết trước phải mang gì và bao giờ có kết quả.",
            "Mỗi nhiệm vụ có một đơn vị chịu trách nhiệm, một sản phẩm, một thời hạn; tiến độ được công khai.",
        ),
    ),
    (
        "II. Nội dung",
        (
            "Rà soát để bớt giấy tờ, bớt bước và bớt ngày ở những thủ tục có nhiều người làm.",
            "Trả lời phản ánh, kiến nghị đúng hạn và công khai câu trả lời sau khi đã che thông tin riêng.",
            "Đo mức độ hài lòng mỗi quý và dùng kết quả để sửa cách làm.",
        ),
    ),
    (
        "III. Tổ chức thực hiện",
        ("Văn phòng Sở theo dõi chung, đôn đốc các đơn vị và tổng hợp báo cáo theo quý.",),
    ),
)
PLAN_TASKS = (
    SampleTask(
        "1",
        "Niêm yết công khai danh mục thủ tục tại Sở và các trường, có mã để xem trên điện thoại",
        "Bảng niêm yết",
        "Văn phòng Sở",
        "Thường xuyên",
        60,
    ),
    SampleTask(
        "2",
        "Rà soát, đề nghị bớt giấy tờ của thủ tục chuyển trường",
        "Báo cáo rà soát",
        "Phòng Giáo dục Trung học",
        "Trước ngày 30/6/2026",
        100,
    ),
    SampleTask("3", "Tập huấn người tiếp nhận hồ sơ ở trường", "Hai lớp tập huấn", "Văn phòng Sở", "Quý III", 100),
    SampleTask(
        "4",
        "Trả lời phản ánh, kiến nghị đúng hạn từ 95 phần trăm trở lên",
        "Báo cáo quý",
        "Văn phòng Sở",
        "Hàng quý",
        75,
    ),
    SampleTask(
        "5",
        "Số hóa học bạ khối cuối cấp ở các trường tham gia đợt đầu",
        "Học bạ có chữ ký số",
        "Phòng Giáo dục Trung học",
        "Trước ngày 30/10/2026",
        80,
    ),
    SampleTask(
        "6",
        "Công khai các khoản thu đầu năm tại cổng trường và trên trang của trường",
        "Thông báo công khai",
        "Các trường",
        "Trước ngày 15/9/2026",
        100,
    ),
)
