"""What the sample surveys ask, where they are answered, how content people are, what they wish. All of it invented."""

from dataclasses import dataclass
from datetime import timedelta

from surveys.enums import ChannelKind, QuestionKind, RuleOperator, SurveyKind
from surveys.services.education import education_slug
from surveys.services.seeding import Draft, Part
from surveys.services.sipas import SIPAS

# What senders said of answers: unit, category, how many days ago, the levels.
RATED = (
    ("TH-CX", "co-so-vat-chat", 12, "5545"),
    ("TH-CX", "an-toan", 40, "43554"),
    ("TH-NT", "hoc-phi", 16, "24345"),
    ("TH-NT", "tuyen-sinh", 47, "55443"),
    ("THCS-BD", "day-them", 21, "332"),
    ("THCS-BD", "thai-do", 52, "5454"),
    ("MN-HL", "an-toan", 33, "554"),
)
WORDS = (
    ("TH-CX", "co-so-vat-chat", 12, "Trả lời nhanh, quạt đã được thay ngay tuần sau."),
    ("TH-NT", "hoc-phi", 16, "Cô Phạm Thị Mẫu giải thích rất rõ, có thể gọi lại cho tôi theo số 0912 000 345."),
)

# What people said of the handling of their dossier: unit, procedure, how many days ago, the levels. Never so few on one
# day that their month has to hide them.
DOSSIERS_RATED = (
    ("GDTrH", "9.000001", 12, "554545"),
    ("GDTrH", "9.000001", 41, "5345445"),
    ("GDTrH", "9.000001", 76, "45255"),
    ("GDTH", "9.000004", 19, "53454"),
    ("GDTH", "9.000004", 57, "344255"),
    ("VP", "9.000003", 26, "55554"),
    ("VP", "9.000003", 64, "545535"),
)
DOSSIER_WORDS = (
    ("GDTrH", "9.000001", 12, "5", "Nhận kết quả sớm một ngày, đỡ phải xin nghỉ làm lần nữa."),
    ("GDTH", "9.000004", 19, "3", "Tôi phải nộp lại giấy xác nhận vì lần đầu không ai nói là cần bản chính."),
    ("VP", "9.000003", 26, "4", "Cô Lê Thị Mẫu hướng dẫn dễ hiểu; số của tôi là 0912 000 347 nếu cần hỏi thêm."),
)

MARK, BULK = "MAU-", "MAU-HANG-LOAT-"
EDUCATION, POLL = education_slug("tieu-hoc"), "lop-sau-gio-hoc"
SCHOOL = "TH-CX"
SAMPLE_SOURCE = "Dữ liệu mẫu: coi như cơ quan đã xác nhận lời từng câu hỏi."
# What the samples set on a survey that set-up made; it is taken back when they go.
SETTINGS: dict[str, dict[str, object]] = {
    SIPAS: {"confirmed": True, "source": SAMPLE_SOURCE},
    EDUCATION: {"confirmed": True, "source": SAMPLE_SOURCE, "paper_twice": True},
}
EDUCATION_LASTS = timedelta(days=60)


@dataclass(frozen=True)
class SamplePlace:
    code: str
    kind: ChannelKind
    unit: str = ""
    counter: str = ""
    procedure: str = ""
    active: bool = True


PLACES = {
    SIPAS: (
        SamplePlace("mot-cua", ChannelKind.WEB, "CQ", "Bộ phận một cửa"),
        SamplePlace("mot-cua-qr", ChannelKind.QR, "CQ", "Bộ phận một cửa, quầy số 1"),
        SamplePlace("mot-cua-may", ChannelKind.KIOSK, "CQ", "Máy ở bộ phận một cửa"),
        SamplePlace("mot-cua-giay", ChannelKind.PAPER, "CQ", "Hòm phiếu ở bộ phận một cửa"),
        SamplePlace("goi-hoi", ChannelKind.PHONE, "VP", "Gọi hỏi người đã nhận kết quả"),
        SamplePlace("chuyen-truong", ChannelKind.WEB, procedure="9.000001"),
        SamplePlace("chuyen-truong-qr", ChannelKind.QR, procedure="9.000001"),
        SamplePlace("quay-so-4-qr", ChannelKind.QR, "CQ", "Quầy số 4", active=False),
    ),
    EDUCATION: (
        SamplePlace("cau-xanh-cong-truong", ChannelKind.QR, SCHOOL, "Cổng trường"),
        SamplePlace("cau-xanh-hop-thu", ChannelKind.PAPER, SCHOOL, "Hòm phiếu ở phòng bảo vệ"),
    ),
    POLL: (),
}

# Responses a quarter about each unit; the last two are so few that results hide them. "": about none.
SHARES = {"CQ": 15, "TH-CX": 20, "TH-NT": 17, "THCS-BD": 13, "THPT-DS": 12, "MN-HL": 9, "": 5, "LC-TN": 1, "X-TL": 1}
QUARTERS = 6
# Which share of people is content at first, how much it grows a quarter, and what goes better or worse than the rest.
CONTENT = {"CQ": 0.88, "TH-CX": 0.94, "TH-NT": 0.91, "THCS-BD": 0.84, "THPT-DS": 0.87, "MN-HL": 0.92}
USUAL, GROWTH = 0.86, 0.008
DRIFT = {
    **{"TC01": -0.07, "TC03": -0.1, "TC04": -0.03, "TC10": 0.03, "TC13": 0.04, "TC16": 0.03, "TC22": -0.09},
    **{"A4": -0.06, "B3": -0.05, "B5": -0.14, "C1": 0.03, "C2": 0.04, "D1": 0.03, "D3": -0.05, "L2": -0.08},
}
# Of a hundred responses: by which way.
WAYS = (
    *[ChannelKind.WEB] * 45,
    *[ChannelKind.PAPER] * 30,
    *[ChannelKind.QR] * 15,
    *[ChannelKind.KIOSK] * 8,
    *[ChannelKind.PHONE] * 2,
)
POPULATIONS = {ChannelKind.WEB: 5_200, ChannelKind.PAPER: 3_900, ChannelKind.QR: 640, ChannelKind.KIOSK: 410}

# What people wish, and the themes a moderator puts it under; none: refused.
WISHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mong có thêm ghế ngồi và quạt ở chỗ chờ, hôm đông phải đứng ngoài hiên.", ("co-so-vat-chat",)),
    ("Nên cho nộp hồ sơ chuyển trường trên mạng để đỡ đi lại.", ("truc-tuyen", "thu-tuc")),
    ("Chị Nguyễn Thị Mẫu Hoa hướng dẫn chu đáo; cần gì gọi tôi số 0912 000 346.", ("hai-long", "thai-do")),
    ("Chị hướng dẫn rất tận tình, cảm ơn bộ phận một cửa.", ("hai-long", "thai-do")),
    ("Kết quả nên trả đúng ngày đã hẹn; lần này tôi phải đến hai lần.", ("thoi-gian",)),
    ("Đề nghị niêm yết rõ các khoản thu đầu năm ở cổng trường.", ("hoc-phi", "thong-tin")),
    ("Bỏ bớt giấy xác nhận nơi ở, nhà trường tra được trên mạng rồi.", ("thu-tuc",)),
    ("Trang nộp trực tuyến hay báo hết phiên, điền lại từ đầu rất mệt.", ("truc-tuyen",)),
    ("Nhờ nhà trường báo trước lịch nghỉ để bố mẹ sắp xếp công việc.", ("thong-tin",)),
    ("Tờ khai có mẫu điền sẵn thì người lớn tuổi đỡ sai.", ("thu-tuc", "thong-tin")),
    ("Máy lấy số ở quầy hỏng hai tháng nay, mong sửa sớm.", ("co-so-vat-chat",)),
    ("Mọi việc nhanh hơn năm ngoái nhiều.", ("hai-long",)),
    ("Giờ trưa nên có người trực, công nhân chỉ rảnh lúc ấy.", ("thoi-gian", "thai-do")),
    ("Nhà vệ sinh dành cho người đến làm thủ tục cần sạch hơn.", ("co-so-vat-chat", "an-toan")),
    ("Nói nhỏ nhẹ với người già thì tốt hơn.", ("thai-do",)),
    ("Bữa ăn bán trú nên công khai thực đơn cả tháng.", ("an-toan", "thong-tin")),
    ("Mua bán nhà đất liên hệ số này giá tốt.", ()),
    ("Góp ý xong nên nhắn lại cho dân biết đã làm gì.", ("thong-tin",)),
    ("Học phí nên cho chuyển khoản, khỏi xếp hàng.", ("hoc-phi", "truc-tuyen")),
    ("Thầy cô quan tâm từng cháu, gia đình yên tâm.", ("hai-long", "day-hoc")),
    ("Hồ sơ trả sớm hai ngày, rất cảm ơn.", ("hai-long", "thoi-gian")),
    ("Thêm chỗ để xe cho người khuyết tật.", ("co-so-vat-chat",)),
    ("Lớp đông quá, mong được mở thêm lớp.", ("day-hoc", "co-so-vat-chat")),
    ("Nên nhắn tin khi hồ sơ xong, tôi gọi hỏi ba lần mới gặp người trực.", ("thong-tin", "thoi-gian")),
    ("Bảng chỉ đường vào bộ phận một cửa nhỏ quá, tìm mãi không thấy.", ("co-so-vat-chat", "thong-tin")),
    ("Tôi hỏi gì cũng được trả lời cặn kẽ, không khó chịu.", ("thai-do", "hai-long")),
    ("Mẫu đơn trên mạng khác mẫu đơn ở quầy, nên dùng một mẫu.", ("thu-tuc", "truc-tuyen")),
    ("Tiền đồng phục nên để gia đình tự mua ngoài.", ("hoc-phi",)),
    ("Cổng trường giờ tan học rất đông xe, mong có người điều khiển.", ("an-toan",)),
    ("Nộp trên mạng rồi mà vẫn bị gọi lên nộp bản giấy.", ("truc-tuyen", "thu-tuc")),
    ("Mong nhà trường dạy bơi cho các cháu trước mùa nước.", ("day-hoc", "an-toan")),
    ("Lúc đông người nên phát số theo thứ tự cho công bằng.", ("thai-do", "co-so-vat-chat")),
    ("Trả kết quả qua bưu điện tiện lắm, xin giữ như vậy.", ("hai-long",)),
    ("Thư báo học phí nên ghi rõ khoản nào bắt buộc, khoản nào tự nguyện.", ("hoc-phi", "thong-tin")),
    ("Thư viện mở thêm chiều thứ bảy thì các cháu có chỗ đọc.", ("co-so-vat-chat", "day-hoc")),
    ("Người hướng dẫn nên nói chậm cho bà con dân tộc nghe kịp.", ("thai-do",)),
    ("Hẹn lấy kết quả buổi sáng mà chiều mới có, nên hẹn cho sát.", ("thoi-gian",)),
    ("Quạt ở phòng chờ đã thay, cảm ơn cơ quan.", ("hai-long", "co-so-vat-chat")),
    ("Cho phép ảnh chụp học bạ thay bản sao có chứng thực.", ("thu-tuc",)),
    ("Bữa ăn của cháu nên có thêm rau, bớt đồ chiên.", ("an-toan",)),
    ("Trang tra cứu hồ sơ dễ dùng, tôi tự xem được.", ("hai-long", "truc-tuyen")),
    ("Giải quyết trong ngày được thì đừng hẹn sang tuần.", ("thoi-gian", "thu-tuc")),
    ("Cô giáo nên báo sớm khi cháu học yếu để gia đình kèm thêm.", ("day-hoc", "thong-tin")),
)
# Who answers about these wishes for something each time, so that results may tell it of them; others now and then.
OUTSPOKEN = frozenset({"CQ", "TH-CX", "TH-NT"})
# Each second response about the others, but each one of this quarter, of which the newest wait to be read: what stays
# hidden has to be enough to hide behind. Each fifth of the school; quarters; how many wait.
EVERY, EVERY_OF_SCHOOL, WISHED_QUARTERS, WAITING = 2, 5, 4, 7
SCHOOL_WISHES = (
    ("Mong nhà vệ sinh của học sinh được sửa trước hè.", ("co-so-vat-chat",)),
    ("Cô chủ nhiệm nhắn tin đều, gia đình rất yên tâm.", ("hai-long", "thong-tin")),
    ("Có lớp năng khiếu sau giờ học thì tốt quá.", ("day-hoc",)),
    ("Cổng trường giờ tan học nên có người phân luồng xe.", ("an-toan",)),
    ("Cặp sách của các cháu nặng quá.", ("day-hoc",)),
)

# Papers of the school: number, days ago, and what the second hand read otherwise; None: nobody has keyed it in again.
PAPERS: tuple[tuple[str, int, dict[str, str] | None], ...] = (
    ("MAU-GIAY-01", 9, {}),
    ("MAU-GIAY-02", 9, {}),
    ("MAU-GIAY-03", 8, {"B5": "2", "D3": "3"}),
    ("MAU-GIAY-04", 8, {"A4": "4"}),
    ("MAU-GIAY-05", 6, None),
    ("MAU-GIAY-06", 6, None),
)

PUBLISHED_NOTE = "Số liệu mẫu: mọi phiếu ở đây do máy đặt ra, không ai đã trả lời."
WITHDRAWN_REASON = (
    "Số liệu mẫu. Tổng số giao dịch qua mạng của quý bị cộng hai lần nên kết quả có trọng số sai; cơ quan đang đối "
    "chiếu lại."
)

POLL_SCHOOLS = ("TH-CX", "TH-NT")
POLL_DRAFT = Draft(
    {
        "slug": POLL,
        "title": "Lớp học sau giờ chính khóa (khảo sát mẫu)",
        "kind": SurveyKind.POLL,
        "intro": "Hỏi phụ huynh hai trường tiểu học: có cần lớp sau giờ học không, mấy giờ đón con. Mất hai phút.",
        "thanks": "Nhà trường dùng kết quả để xếp lớp, xếp người trông trẻ.",
        "source": SAMPLE_SOURCE,
        "results_public": True,
    },
    (
        Part(
            "Gia đình ông/bà",
            (
                {
                    "key": "can-lop",
                    "label": "Con của ông/bà có cần lớp sau giờ học không?",
                    "kind": QuestionKind.ONE_OF,
                    "choices": "Có, mọi ngày\nCó, vài ngày trong tuần\nKhông",
                    "required": True,
                },
                {
                    "key": "gio-don",
                    "label": "Ông/bà đón được con lúc mấy giờ chiều?",
                    "help_text": "Ghi giờ, ví dụ 17 hoặc 17,5.",
                    "kind": QuestionKind.NUMBER,
                    "least": 15,
                    "most": 20,
                },
                {
                    "key": "hoat-dong",
                    "label": "Nếu có lớp, con nên được làm gì?",
                    "kind": QuestionKind.SOME_OF,
                    "choices": "Làm bài tập\nĐọc sách\nThể thao\nVẽ, hát, múa",
                },
            ),
            in_index=False,
        ),
        Part(
            "Trường hiện nay",
            (
                {
                    "key": "trong-tre",
                    "label": "Ông/bà hài lòng ở mức nào?",
                    "kind": QuestionKind.MATRIX,
                    "rows": "L1: Người trông trẻ lúc tan học\nL2: Chỗ chờ bố mẹ đón\nL3: Nhà trường báo giờ tan học",
                },
            ),
            key="hien-nay",
        ),
    ),
    (("hoat-dong", "can-lop", RuleOperator.NOT_EQUAL, "Không"),),
)
