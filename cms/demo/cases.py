"""Sample phản ánh, kiến nghị: every stage of the desk, every tone of voice, nobody real."""

from dataclasses import dataclass
from enum import StrEnum

from feedback.enums import CaseOutcome


class Stage(StrEnum):
    """How far the sample case has come."""

    SUBMITTED = "submitted"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    PROPOSED = "proposed"
    ANSWERED = "answered"
    PUBLISHED = "published"


@dataclass(frozen=True)
class SampleCase:
    category: str
    unit: str
    title: str
    body: str
    stage: Stage
    days_ago: int
    took: int = 6
    answer: str = ""
    outcome: CaseOutcome = CaseOutcome.EXPLAINED
    sender: str = "Nguyễn Thị Mẫu"
    phone: str = "0912000345"
    picture: str = ""  # a drawing of ``cms.demo.pictures``, sent along
    pictured: str = ""  # and what it shows, for those who do not see it
    covered: tuple[float, float, float, float] = (0, 0, 0, 0)  # left, top, width, height in hundredths


CASES = (
    SampleCase(
        "tuyen-sinh",
        "TH-CX",
        "Nộp hồ sơ vào lớp 1 trực tuyến không thấy báo đã nhận",
        "Gia đình nộp hồ sơ trên mạng từ hai tuần trước nhưng không có tin báo. Gọi lên trường thì được trả lời là "
        "cứ chờ. Đề nghị cho biết làm sao biết hồ sơ đã đến.",
        Stage.PUBLISHED,
        40,
        8,
        "Hồ sơ nộp trực tuyến được báo qua tin nhắn trong hai ngày làm việc. Trường hợp này tin không đi vì số điện "
        "thoại trong đơn thiếu một chữ số. Nhà trường đã gọi lại và xác nhận hồ sơ hợp lệ. Từ nay biểu mẫu sẽ nhắc "
        "khi số điện thoại không đủ chữ số.",
        CaseOutcome.ACCEPTED_AND_FIXED,
    ),
    SampleCase(
        "hoc-phi",
        "THCS-BD",
        "Khoản thu quỹ lớp đầu năm chưa rõ mục đích",
        "Họp phụ huynh có thông báo thu quỹ lớp nhưng không ghi để làm gì, cũng không nói là tự nguyện. Xin nhà "
        "trường giải thích các khoản thu nào là bắt buộc.",
        Stage.PUBLISHED,
        33,
        9,
        "Nhà trường chỉ thu các khoản có trong thông báo công khai dán tại cổng và đăng trên trang của trường. Quỹ "
        "lớp do ban đại diện cha mẹ học sinh lập, hoàn toàn tự nguyện. Giáo viên chủ nhiệm đã gửi lại thông báo ghi "
        "rõ hai loại này và trả lại tiền cho gia đình có yêu cầu.",
        CaseOutcome.PARTLY_UPHELD,
    ),
    SampleCase(
        "an-toan",
        "THPT-DS",
        "Xe đưa đón dừng trước cổng trường gây ùn tắc giờ tan học",
        "Từ 16 giờ 30 đến 17 giờ nhiều xe dừng hai hàng trước cổng, học sinh phải đi xuống lòng đường. Đề nghị có "
        "chỗ đón riêng.",
        Stage.PUBLISHED,
        26,
        5,
        "Nhà trường đã mở cổng phụ làm chỗ đón từ thứ Hai tuần sau, kẻ vạch và cử người trực 30 phút đầu giờ tan "
        "học. Công an phường phối hợp nhắc xe dừng sai chỗ.",
        CaseOutcome.ACCEPTED_AND_FIXED,
        picture="bus",
        pictured="Một xe đưa đón màu vàng dừng chắn trước cổng trường, biển số đã che",
        covered=(35, 74, 18, 9),
    ),
    SampleCase(
        "thai-do",
        "VP",
        "Cán bộ tiếp nhận trả lời cộc lốc, không hướng dẫn giấy tờ thiếu",
        "Tôi đến nộp hồ sơ xin bản sao bằng, cán bộ chỉ nói thiếu giấy rồi quay đi, không ghi thiếu giấy gì. Tôi "
        "phải đi lại ba lần.",
        Stage.PUBLISHED,
        60,
        31,
        "Văn phòng Sở xin lỗi về cách tiếp và việc để người dân đi lại nhiều lần. Cán bộ trực hôm đó đã được nhắc "
        "nhở trước phòng. Từ nay mỗi lần yêu cầu bổ sung đều có phiếu ghi rõ giấy tờ còn thiếu, và chỉ yêu cầu một "
        "lần. Bản sao bằng đã được trả tận nhà.",
        CaseOutcome.ACCEPTED_AND_FIXED,
    ),
    SampleCase(
        "thu-tuc",
        "GDTrH",
        "Xin rút ngắn thời gian xác nhận chuyển trường cấp trung học phổ thông",
        "Chuyển trường giữa học kỳ phải chờ xác nhận của hai trường và của Sở. Đề nghị cho làm trên mạng để không "
        "phải nghỉ học của con đi nộp giấy.",
        Stage.PUBLISHED,
        21,
        7,
        "Việc xác nhận nay làm trên hệ thống chung của hai trường, gia đình chỉ nộp đơn một lần tại trường đến. "
        "Thời gian giải quyết ghi trong thông báo công khai của Sở. Nếu quá ngày hẹn, mời gọi số điện thoại của "
        "Văn phòng Sở ghi ở cuối trang.",
        CaseOutcome.EXPLAINED,
    ),
    SampleCase(
        "co-so-vat-chat",
        "TH-NT",
        "Nhà vệ sinh khu lớp 2 hỏng vòi nước nhiều tuần",
        "Các cháu không rửa tay được. Đề nghị sửa sớm trước đợt lạnh.",
        Stage.PUBLISHED,
        15,
        4,
        "Nhà trường đã thay toàn bộ vòi hỏng và giao nhân viên kiểm tra hai lần mỗi tuần, có sổ ghi.",
        CaseOutcome.ACCEPTED_AND_FIXED,
    ),
    SampleCase(
        "day-them",
        "THCS-BD",
        "Giáo viên gợi ý học thêm ngoài trường",
        "Con tôi nói cô giáo nhắc ai muốn điểm cao thì đến lớp học thêm của cô. Đề nghị xem xét.",
        Stage.ANSWERED,
        12,
        5,
        "Nhà trường đã làm việc với giáo viên, yêu cầu dừng ngay việc gợi ý và cam kết bằng văn bản. Việc cho điểm "
        "được hai giáo viên chấm chéo từ tháng này.",
        CaseOutcome.ACCEPTED_AND_FIXED,
    ),
    SampleCase(
        "tuyen-sinh",
        "GDTH",
        "Hỏi về phân tuyến tuyển sinh khi gia đình mới chuyển chỗ ở",
        "Gia đình mới chuyển đến tháng trước, chưa đổi nơi thường trú. Cháu có được học trường gần nhà mới không?",
        Stage.PROPOSED,
        9,
        5,
        "Trẻ có nơi ở hiện tại trong khu vực của trường thì được tiếp nhận theo phân tuyến. Gia đình mang giấy xác "
        "nhận nơi ở hiện tại của công an cấp xã đến trường.",
    ),
    SampleCase(
        "hoc-phi",
        "KHTC",
        "Đề nghị hướng dẫn miễn, giảm học phí cho học sinh khuyết tật học hòa nhập",
        "Nhà trường nói phải chờ văn bản mới. Xin cho biết hồ sơ gồm những gì và nộp ở đâu.",
        Stage.IN_PROGRESS,
        8,
    ),
    SampleCase(
        "co-so-vat-chat",
        "MN-HL",
        "Sân chơi mầm non có đồ chơi gãy, cạnh sắc",
        "Cầu trượt bị nứt, mép nhựa sắc. Xin nhà trường rào lại hoặc tháo đi.",
        Stage.WAITING,
        6,
    ),
    SampleCase(
        "an-toan",
        "TH-CX",
        "Đoạn đường trước cổng thiếu vạch qua đường",
        "Xe chạy nhanh, học sinh qua đường rất nguy hiểm vào buổi sáng.",
        Stage.ACCEPTED,
        3,
    ),
    SampleCase(
        "khac",
        "VP",
        "Đòi lại tiền đặt cọc thuê nhà của chủ trọ",
        "Chủ nhà trọ không trả tiền cọc, mong Sở can thiệp giúp.",
        Stage.DECLINED,
        5,
    ),
    SampleCase(
        "thu-tuc",
        "VP",
        "Trang thông tin chưa có biểu mẫu xin cấp lại bản sao bằng",
        "Tôi tìm trên trang nhưng chỉ thấy tên thủ tục, không có tờ đơn để in sẵn ở nhà.",
        Stage.SUBMITTED,
        1,
    ),
    SampleCase(
        "khac",
        "THPT-DS",
        "Xin thêm giờ mở cửa thư viện buổi chiều",
        "Học sinh ở xa phải chờ xe đến 18 giờ, mong thư viện mở thêm một giờ để các em ngồi học.",
        Stage.SUBMITTED,
        0,
    ),
)
