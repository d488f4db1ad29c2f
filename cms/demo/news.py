"""Sample news: one piece of each kind that readers and editors meet. Every place and person is invented."""

from dataclasses import dataclass

AUTHOR = "Ban biên tập (dữ liệu mẫu)"
CREDIT = "Tranh vẽ cho bản mẫu"


@dataclass(frozen=True)
class Story:
    """One sample piece; ``picture`` is a name in cms.demo.pictures, or nothing."""

    title: str
    days_ago: int
    category: str
    lead: str
    paragraphs: tuple[str, ...]
    picture: str = ""
    alt: str = ""
    caption: str = ""
    author: str = AUTHOR
    source: str = ""
    source_url: str = ""
    documents: tuple[str, ...] = ()
    read: int = 0
    # Drawing, caption, description of each photograph.
    album: tuple[tuple[str, str, str], ...] = ()
    video: str = ""
    video_link: str = ""


VIDEO_FILE = "nop-ho-so-tai-nha.webm"
# Seconds from, to, and what the sample video says meanwhile.
VIDEO_WORDS = (
    (0, 3, "Bước một: mở cổng thông tin trên điện thoại hoặc máy tính."),
    (3, 6, "Bước hai: chọn thủ tục cần làm, đọc danh mục giấy tờ."),
    (6, 9, "Bước ba: chụp giấy tờ rõ bốn góc rồi gửi đi."),
    (9, 12, "Bước bốn: nhận mã, theo dõi ngày hẹn trả kết quả."),
)

# Sample comments name a story by its place: new ones go to the end. Readers see them by their day.
NEWS = (
    Story(
        "Trường học không giấy: học bạ số đến tay phụ huynh sớm hơn một tuần",
        3,
        "cai-cach-hanh-chinh",
        "Từ học kỳ này, phụ huynh của ba trường nhận kết quả học tập có chữ ký số ngay trên điện thoại, "
        "không phải chờ bản giấy khi chuyển trường.",
        (
            "Ba trường tham gia đợt đầu đã ký số toàn bộ học bạ của khối cuối cấp. Hồ sơ chuyển trường nhờ vậy "
            "bớt được một lần đi lại.",
            "Phụ huynh chưa dùng điện thoại thông minh vẫn nhận bản in có dấu tại văn phòng nhà trường.",
        ),
        "school",
        "Ngôi trường mái xanh, cửa sổ sáng đèn, hai hàng cây trước sân.",
        "Sân trường buổi sáng, tranh minh họa.",
        documents=("397/QĐ-SGDĐT", "31/KH-UBND"),
        read=1234,
    ),
    Story(
        "Cán bộ văn thư các trường học cách dùng phần mềm một cửa",
        6,
        "tap-huan-hoi-nghi",
        "Hai buổi tập huấn giúp người tiếp nhận ở trường ghi đúng ngày hẹn và báo tin ngay khi có kết quả sớm.",
        (
            "Nội dung chính: ghi thành phần hồ sơ đúng danh mục đã công khai, không đòi thêm giấy tờ, và chỉ yêu "
            "cầu bổ sung một lần.",
        ),
        "training",
        "Ba người ngồi trước bảng có biểu đồ cột.",
        "Buổi tập huấn, tranh minh họa.",
        read=310,
    ),
    Story(
        "Ngày hội đọc sách: mỗi lớp một tủ sách nhỏ",
        12,
        "",
        "Học sinh tiểu học tự chọn sách, tự ghi sổ mượn; phụ huynh góp hơn nửa số sách của các tủ.",
        ("Các trường được khuyến khích dành một tiết mỗi tuần cho việc đọc tự do.",),
        "books",
        "Hai kệ gỗ xếp đầy sách nhiều màu.",
        "Tủ sách của lớp, tranh minh họa.",
        read=156,
    ),
    Story(
        "Trồng cây quanh sân trường trước mùa khô",
        20,
        "",
        "Hơn ba trăm cây bóng mát đã được trồng ở các điểm trường xa trung tâm.",
        ("Học sinh từng lớp nhận chăm một hàng cây, ghi ngày tưới vào bảng của lớp.",),
        "trees",
        "Một hàng cây tròn dưới mặt trời.",
        "Hàng cây mới trồng, tranh minh họa.",
        read=64,
    ),
    Story(
        "Ngày khai giảng ở mười hai điểm trường",
        1,
        "",
        "Tiếng trống vang lên cùng giờ ở mọi điểm trường; mỗi lớp trồng một cây làm kỷ niệm.",
        ("Những bức tranh dưới đây do ban biên tập vẽ cho bản mẫu, thay cho ảnh chụp học sinh.",),
        "drums",
        "Trống trường màu đỏ trước dãy cờ đuôi nheo.",
        "Trống khai giảng, tranh minh họa.",
        album=(
            ("drums", "Hồi trống đầu năm học.", "Trống trường màu đỏ trước dãy cờ đuôi nheo."),
            (
                "gate",
                "Cổng trường mở từ sáu giờ rưỡi để đón phụ huynh đưa con đến lớp và gửi xe trong sân.",
                "Cổng trường.",
            ),
            ("school", "", "Ngôi trường mái xanh, cửa sổ sáng đèn."),
            ("board", "Tiết học đầu tiên.", "Bảng xanh có bốn dòng chữ, bàn giáo viên phía trước."),
            ("training", "Thầy cô họp chuyên môn buổi chiều.", "Ba người ngồi trước bảng có biểu đồ."),
            ("books", "Tủ sách mỗi lớp góp một ngăn.", "Hai kệ gỗ xếp đầy sách."),
            ("field", "Trận bóng khai mạc giải thể thao học sinh.", "Ba bạn và quả bóng vàng trên sân cỏ."),
            ("trees", "Mỗi lớp trồng một cây.", "Một hàng cây tròn dưới mặt trời."),
        ),
        read=518,
    ),
    Story(
        "Video: nộp hồ sơ tại nhà trong bốn bước",
        2,
        "chien-dich-dich-vu-cong",
        "Mười hai giây, bốn bước, không cần đến trụ sở. Video có phụ đề và lời bằng chữ để ai cũng theo dõi được.",
        ("Phụ huynh chưa quen có thể nhờ văn phòng nhà trường hướng dẫn, không phải trả tiền.",),
        video="Nộp hồ sơ tại nhà trong bốn bước",
        video_link="https://truyenhinh.anhoa.example.vn/phong-su/mot-cua-mot-ngay",
        read=203,
    ),
    Story(
        "Ba mươi ngày cùng phụ huynh nộp hồ sơ trực tuyến",
        9,
        "chien-dich-dich-vu-cong",
        "Đoàn viên và thầy cô trực tại mười hai điểm trường mỗi sáng thứ Bảy, giúp phụ huynh nộp hồ sơ chuyển trường "
        "từ điện thoại của chính mình.",
        (
            "Mỗi điểm có một máy tính nối mạng và một người hướng dẫn; người giúp không giữ mật khẩu, không nộp thay.",
            "Sau ba tuần, cứ mười hồ sơ chuyển trường thì tám hồ sơ được nộp từ nhà.",
        ),
        source="Báo An Hòa (tên đặt cho bản mẫu)",
        source_url="https://bao.anhoa.example.vn/ba-muoi-ngay-nop-ho-so-truc-tuyen",
        read=87,
    ),
    Story(
        "Sinh hoạt chuyên đề quý IV: nói ít hơn, trả lời dân sớm hơn",
        11,
        "sinh-hoat-chuyen-de",
        "Các chi bộ trường học bàn một việc: làm sao để mỗi kiến nghị của phụ huynh có câu trả lời trước hạn.",
        (
            "Ba cách làm được chọn để thử: ghi ngày hẹn ngay khi nhận, báo lại khi chậm, và đăng câu trả lời để người "
            "khác cùng đọc.",
        ),
        read=42,
    ),
    Story(
        "Kết quả rà soát thủ tục hành chính đợt hai năm 2026: bớt bảy loại giấy tờ, rút ngắn thời gian của mười một "
        "thủ tục thuộc lĩnh vực giáo dục tiểu học, trung học cơ sở và giáo dục thường xuyên trên toàn địa bàn",
        15,
        "cai-cach-hanh-chinh",
        "Bảy loại giấy tờ không còn phải nộp vì cơ quan tự tra cứu được; mười một thủ tục rút ngắn từ một đến năm ngày "
        "làm việc.",
        (
            "Danh mục đầy đủ được niêm yết tại bộ phận một cửa và trên cổng này.",
            "Người dân thấy nơi nào còn đòi giấy tờ đã bỏ, xin gửi phản ánh để được xử lý.",
        ),
        documents=("1390/BC-SGDĐT",),
    ),
    Story(
        "Hội nghị giao ban: ba việc phải xong trước Tết",
        48,
        "tap-huan-hoi-nghi",
        "Công khai khoản thu, trả lời kiến nghị còn nợ và chốt danh sách trực Tết là ba việc được giao trong buổi họp.",
        ("Biên bản đã gửi các trường; tiến độ từng việc xem ở trang kế hoạch.",),
    ),
)
