"""Sample materials: one of each state that readers and editors meet. Every sentence is our own."""

from dataclasses import dataclass

from cms.library.enums import Licence

AUTHOR = "Tổ biên soạn học liệu (dữ liệu mẫu)"


@dataclass(frozen=True)
class SampleMaterial:
    """One sample; ``people`` are columns, ``files`` are (name for people, kind, versions), ``days`` is days ago."""

    title: str
    days: int
    intro: str
    topics: tuple[str, ...]
    people: tuple[str, ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    picture: str = ""
    alt: str = ""
    author: str = AUTHOR
    source: str = ""
    licence: Licence = Licence.CREDIT
    year: int | None = 2026
    unit: str = "CQ"
    valid_days: int | None = None
    video: str = ""
    # Titles of news that belong to it.
    links: tuple[str, ...] = ()
    # Files taken in this month, in the month before.
    taken: tuple[int, int] = (0, 0)
    read: int = 0


MATERIALS = (
    SampleMaterial(
        "Chuyên đề: em giúp ông bà làm thủ tục trên mạng",
        4,
        "Một tiết sinh hoạt cho học sinh trung học cơ sở: dịch vụ công trực tuyến là gì, làm được việc gì ở nhà, "
        "và ba điều không bao giờ làm hộ người khác.",
        ("dich-vu-cong", "sinh-hoat-chuyen-de"),
        ("for_lower_secondary", "for_pupils", "for_teachers"),
        (
            ("Kế hoạch bài dạy 45 phút", "docx", 2),
            ("Phiếu bài tập cho học sinh", "docx", 1),
            ("Áp phích treo lớp", "png", 1),
            ("Bảng theo dõi lớp đã học", "xlsx", 1),
        ),
        (
            "Tiết học đi từ một việc quen thuộc: bà cần bản sao giấy khai sinh. Học sinh kể lại cách làm ở nhà mình, "
            "rồi cả lớp cùng tìm xem việc ấy có làm được từ điện thoại không.",
            "Phần cuối dành cho an toàn: mật khẩu của ai người ấy giữ, mã xác nhận không đọc cho người lạ, việc gì "
            "chưa rõ thì hỏi bộ phận một cửa.",
        ),
        (
            "Nhiều thủ tục nộp được từ nhà, không phải chờ ở trụ sở.",
            "Mật khẩu và mã xác nhận của ai người ấy giữ.",
            "Nộp xong có mã hồ sơ; giữ mã để xem bao giờ có kết quả.",
            "Chưa rõ thì gọi hoặc đến bộ phận một cửa, không mất tiền.",
        ),
        "board",
        "Bảng xanh có bốn dòng chữ, bàn giáo viên phía trước.",
        source="Văn phòng Sở (dữ liệu mẫu)",
        links=("Video: nộp hồ sơ tại nhà trong bốn bước", "Ba mươi ngày cùng phụ huynh nộp hồ sơ trực tuyến"),
        taken=(312, 146),
        read=905,
    ),
    SampleMaterial(
        "Tờ gấp: chuyển trường cần những gì",
        8,
        "Một tờ giấy gấp ba dành cho phụ huynh: bốn giấy tờ, ba cách nộp, bao giờ có kết quả.",
        ("thu-tuc-hanh-chinh", "tuyen-sinh"),
        ("for_primary", "for_lower_secondary", "for_upper_secondary", "for_parents"),
        (("Tờ gấp chuyển trường", "docx", 1),),
        points=("Bốn giấy tờ, nhà trường nhận một lần.", "Nộp tại trường, qua bưu điện hoặc qua mạng."),
        picture="school",
        alt="Ngôi trường mái xanh, cửa sổ sáng đèn.",
        licence=Licence.UNCHANGED,
        taken=(97, 40),
        read=260,
    ),
    SampleMaterial(
        "Hỏi đáp nhanh về cải cách hành chính cho thầy cô",
        15,
        "Hai mươi câu hỏi ngắn để mở đầu buổi sinh hoạt chuyên môn, có đáp án và căn cứ ở trang cuối.",
        ("cai-cach-hanh-chinh",),
        ("for_teachers",),
        (("Bộ câu hỏi và đáp án", "docx", 1), ("Bảng chấm điểm", "xlsx", 1)),
        ("Mỗi câu trả lời trong một phút; nên chia lớp thành các nhóm bốn người.",),
        taken=(24, 61),
        read=150,
    ),
    SampleMaterial(
        "Bộ tài liệu tuyên truyền phổ biến pháp luật về quyền trẻ em, phòng chống bạo lực học đường, phòng chống đuối "
        "nước và tai nạn thương tích dùng cho các buổi sinh hoạt dưới cờ, sinh hoạt lớp và họp phụ huynh đầu năm học",
        22,
        "Mười hai bài ngắn, mỗi bài đọc trong năm phút, xếp theo tuần của học kỳ một.",
        ("phap-luat", "an-toan"),
        ("for_primary", "for_lower_secondary", "for_pupils", "for_parents", "for_teachers"),
        (("Mười hai bài đọc dưới cờ", "docx", 1),),
        points=("Thấy bạn bị bắt nạt: nói với người lớn ngay.", "Cần giúp ngay: gọi 111, không mất tiền."),
        picture="field",
        licence=Licence.CLASSROOM,
        taken=(58, 0),
        read=133,
    ),
    SampleMaterial(
        "Video: nộp hồ sơ tại nhà, bản chiếu trên lớp",
        2,
        "Mười hai giây, có phụ đề và lời bằng chữ; chiếu được cả khi lớp không có loa.",
        ("dich-vu-cong",),
        ("for_upper_secondary", "for_continuing", "for_pupils", "for_citizens"),
        (("Lời dẫn cho người trình chiếu", "docx", 1),),
        video="Nộp hồ sơ tại nhà trong bốn bước",
        picture="training",
        alt="Ba người ngồi trước bảng có biểu đồ cột.",
        taken=(41, 0),
        read=77,
    ),
    SampleMaterial(
        "Truyện tranh: bé qua đường an toàn",
        1,
        "Tám trang tranh màu để cô đọc cùng bé; bản in đang được vẽ, tệp sẽ có tại trang này.",
        ("an-toan",),
        ("for_preschool", "for_pupils", "for_parents"),
        year=None,
        picture="gate",
        alt="Cổng trường.",
        licence=Licence.ASK,
        unit="TH-CX",
    ),
    SampleMaterial(
        "Hướng dẫn đăng ký tuyển sinh lớp 10 trên mạng",
        330,
        "Từng bước đăng ký, kèm hình; chỉ đúng cho kỳ tuyển sinh của năm ghi trong tài liệu.",
        ("tuyen-sinh",),
        ("for_lower_secondary", "for_pupils", "for_parents"),
        (("Hướng dẫn đăng ký", "docx", 1),),
        year=2025,
        valid_days=-150,
        taken=(3, 9),
        read=412,
    ),
)
