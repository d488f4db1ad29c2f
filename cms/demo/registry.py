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
    SampleDocument("1176/SGDĐT-VP", "14/10/2026", "Xin ý kiến về dự thảo Quy chế tiếp công dân của Sở"),
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


@dataclass(frozen=True)
class SampleFile:
    """One attachment: its name for people, its kind, and how many versions it has had.

    ``paragraphs`` stand in a Word file below its name; ``source`` names a file of ``cms/demo/files`` that is taken as
    it is.
    """

    called: str
    kind: str = "docx"
    versions: int = 1
    paragraphs: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class SamplePaper:
    """A document whose state is worth seeing. Days are ``dd/mm/yyyy``, or a number of days from today."""

    title: str
    number: str = ""
    issued: str | int | None = None
    effective: str | int | None = None
    expires: str | int | None = None
    area: str = ""
    files: tuple[SampleFile, ...] = ()
    # What it does to documents that stand above it in this list or in DOCUMENTS: (relation, number).
    relations: tuple[tuple[str, str], ...] = ()
    bases: tuple[str, ...] = ()
    procedures: tuple[tuple[str, str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    signed: bool = True
    consult: tuple[int, int] | None = None
    opinions: tuple[str, ...] = ()
    result: str = ""


SIGNER = ("Lâm Thị Giám", "Giám đốc")
CONTACT = ("Văn phòng Sở, bà Lê Thị Biên", "Điện thoại 0299 000 0000", "vanphong@anhoa.example.vn")
YEARS = (2026, 2025)
LONG_TITLE = (
    "Tình hình, kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm và phương hướng, nhiệm vụ cải cách hành "
    "chính 6 tháng cuối năm của các phòng chuyên môn, các trường trung học phổ thông, trường phổ thông nhiều cấp học, "
    "trung tâm giáo dục thường xuyên trên địa bàn tỉnh và việc thực hiện kết luận của đoàn kiểm tra"
)
PAPERS = (
    SamplePaper(
        "Ban hành quy trình giải quyết việc chuyển trường",
        "210/QĐ-SGDĐT",
        "14/03/2022",
        "14/03/2022",
        area="Tuyển sinh, chuyển trường",
        files=(SampleFile("Quyết định 210/QĐ-SGDĐT"),),
    ),
    SamplePaper(
        "Ban hành quy trình nội bộ giải quyết việc chuyển trường",
        "397/QĐ-SGDĐT",
        "21/10/2026",
        "01/11/2026",
        area="Tuyển sinh, chuyển trường",
        files=(
            SampleFile("Quyết định 397/QĐ-SGDĐT"),
            SampleFile("Phụ lục I. Sơ đồ các bước"),
            SampleFile("Phụ lục II. Thời gian từng bước", "xlsx"),
            SampleFile("Mẫu đơn xin chuyển trường"),
            SampleFile("Mẫu giấy giới thiệu"),
        ),
        relations=(("replaces", "210/QĐ-SGDĐT"),),
        procedures=(
            ("9.000001", "Chuyển trường đối với học sinh trung học cơ sở (mẫu)", "amended"),
            ("9.000002", "Chuyển trường đối với học sinh trung học phổ thông (mẫu)", "shortened"),
        ),
        paragraphs=(
            "Quy trình có bốn bước, mỗi bước ghi rõ ai làm, làm gì và trong bao lâu.",
            "Nhà trường nhận hồ sơ một lần; thiếu giấy tờ thì hướng dẫn bổ sung một lần bằng văn bản.",
        ),
    ),
    SamplePaper(
        "Sửa đổi, bổ sung một số tiêu chí chấm điểm cải cách hành chính của các đơn vị trực thuộc",
        "118/QĐ-SGDĐT",
        "25/03/2026",
        "01/04/2026",
        files=(SampleFile("Quyết định 118/QĐ-SGDĐT"),),
        relations=(("amends", "702/QĐ-SGDĐT"),),
        bases=("702/QĐ-SGDĐT", "31/KH-UBND"),
    ),
    SamplePaper(
        "Rút ngắn thời gian cấp bản sao văn bằng từ sổ gốc",
        "88/TB-SGDĐT",
        "02/10/2026",
        "02/10/2026",
        area="Văn bằng, chứng chỉ",
        files=(SampleFile("Thông báo 88/TB-SGDĐT", versions=2),),
    ),
    SamplePaper(
        "Quy định mức độ thành thạo công nghệ thông tin của người tiếp nhận hồ sơ", "431/QĐ-SGDĐT", -3, 20, signed=False
    ),
    SamplePaper(
        "Tập huấn nghiệp vụ tiếp nhận hồ sơ cho các trường trong hai năm 2023, 2024",
        "20/KH-SGDĐT",
        "16/01/2023",
        "16/01/2023",
        "31/12/2024",
    ),
    SamplePaper(
        "Chăm sóc sức khỏe trẻ em, học sinh đầu năm học",
        "512/HD-SGDĐT",
        "08/09/2026",
        "08/09/2026",
        files=(
            SampleFile(
                "Hướng dẫn 512/HD-SGDĐT",
                paragraphs=(
                    "Nhà trường đo chiều cao, cân nặng, khám mắt và răng cho học sinh trong tháng Chín.",
                    "Tủ thuốc của phòng y tế có danh mục dán ở cánh tủ; thuốc hết hạn được thay trước ngày khai giảng.",
                    "Bếp ăn bán trú lưu mẫu thức ăn hai mươi bốn giờ và ghi sổ ba bước.",
                ),
            ),
            SampleFile("Phụ lục. Kiểm tra nguồn nước ở trường", "pdf", source="kiem-tra-nguon-nuoc.pdf"),
        ),
        paragraphs=("Hướng dẫn nêu việc của nhà trường trong tháng đầu năm học; chi tiết ở các tệp kèm theo.",),
    ),
    SamplePaper(
        "Quy định nộp báo cáo giấy hằng tuần của các trường",
        "95/QĐ-SGDĐT",
        "12/04/2021",
        "12/04/2021",
        files=(SampleFile("Quyết định 95/QĐ-SGDĐT"),),
    ),
    SamplePaper(
        "Bãi bỏ quy định nộp báo cáo giấy hằng tuần của các trường",
        "260/QĐ-SGDĐT",
        "29/06/2026",
        "01/07/2026",
        relations=(("repeals", "95/QĐ-SGDĐT"),),
    ),
    SamplePaper(LONG_TITLE, "655/BC-SGDĐT", "03/06/2025", files=(SampleFile("Báo cáo 655/BC-SGDĐT"),)),
    SamplePaper(
        "Dự thảo Quy chế tiếp công dân của Sở",
        area="Tiếp công dân",
        files=(
            SampleFile("Dự thảo Quy chế"),
            SampleFile("Tờ trình"),
            SampleFile("So sánh với quy chế cũ", "xlsx"),
        ),
        bases=("1176/SGDĐT-VP",),
        consult=(-20, 14),
        paragraphs=(
            "Dự thảo quy định giờ tiếp công dân, việc đăng ký trước qua điện thoại và thời hạn trả lời.",
            "Xin ý kiến nhất là về giờ tiếp buổi chiều và cách tiếp người khuyết tật, người cao tuổi.",
        ),
    ),
    SamplePaper(
        "Dự thảo Quy định trực cổng trường và đón trả học sinh",
        files=(SampleFile("Dự thảo Quy định"),),
        consult=(12, 40),
        paragraphs=("Dự thảo quy định giờ mở cổng, người trực và chỗ đỗ xe chờ đón học sinh.",),
    ),
    SamplePaper(
        "Dự thảo Quy định công khai các khoản thu trong trường học",
        files=(SampleFile("Dự thảo Quy định"),),
        consult=(-45, -6),
    ),
    SamplePaper(
        "Dự thảo sửa đổi tiêu chí chấm điểm cải cách hành chính",
        files=(SampleFile("Dự thảo tiêu chí"),),
        consult=(-300, -270),
        opinions=(
            "Có 14 ý kiến của 9 trường và 5 phụ huynh; 11 ý kiến được tiếp thu.",
            "Đã bỏ tiêu chí về số lượng tin bài theo góp ý của các trường nhỏ; đã thêm điểm cho việc trả kết quả sớm.",
            "Chưa tiếp thu ý kiến chấm điểm theo quý, vì số hồ sơ mỗi quý của trường nhỏ quá ít để so sánh.",
        ),
        result="118/QĐ-SGDĐT",
    ),
)
