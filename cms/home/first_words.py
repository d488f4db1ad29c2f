"""The first text of the pages that every portal has; afterwards it is the editors'.

Ours, and true of the portal as it is delivered. What only the agency can say stands as ``[Cơ quan ghi: …]``: readers
do not see that part, and the admin names what is still to be written.
"""

from html import escape
from typing import Any

Words = tuple[str, tuple[str, ...]]

FUNCTIONS: tuple[Words, ...] = (
    ("Vị trí và chức năng", ("[Cơ quan ghi: vị trí, chức năng theo quyết định quy định tổ chức của cơ quan]",)),
    ("Nhiệm vụ và quyền hạn", ("[Cơ quan ghi: nhiệm vụ, quyền hạn; số, ngày và nơi ban hành quyết định]",)),
    (
        "Ai làm việc gì",
        (
            "Các phòng, ban và người đứng đầu có ở trang Sơ đồ tổ chức và trang Lãnh đạo. Cách liên hệ từng nơi có ở "
            "trang Liên hệ.",
        ),
    ),
)

HISTORY: tuple[Words, ...] = (
    ("Quá trình hình thành", ("[Cơ quan ghi: năm thành lập, các lần đổi tên, sáp nhập và văn bản kèm theo]",)),
    ("Lãnh đạo qua các thời kỳ", ("[Cơ quan ghi: họ tên, chức vụ, thời gian giữ chức vụ]",)),
)

CONDUCT: tuple[Words, ...] = (
    (
        "Ông/bà được đón tiếp thế nào",
        (
            "Cán bộ ở quầy hướng dẫn một lần cho đủ, chỉ nhận những giấy tờ có trong danh sách đã công khai, và đưa "
            "giấy tiếp nhận có ngày hẹn trả.",
            "Hồ sơ không kịp ngày hẹn thì cơ quan gửi thư xin lỗi, nêu lý do và hẹn lại, nhiều nhất một lần.",
            "Gặp thái độ chưa đúng mực, hay bị đòi thêm giấy tờ, xin gửi phản ánh; phản ánh được trả lời bằng văn bản.",
        ),
    ),
    (
        "Khi đến nơi tiếp nhận",
        ("Xem thủ tục và danh sách chuẩn bị trên cổng trước khi đi, mang theo giấy tờ tùy thân, lấy số và chờ gọi.",),
    ),
)

CERTIFIED_COPIES: tuple[Words, ...] = (
    (
        "Bản sao điện tử được chứng thực là gì",
        (
            "Là tệp do nơi có thẩm quyền chứng thực lập từ bản chính giấy và ký số. Nộp hồ sơ trực tuyến bằng tệp này "
            "thì không phải mang bản chính đến đối chiếu.",
            "[Cơ quan ghi: văn bản đang áp dụng về chứng thực bản sao điện tử từ bản chính]",
        ),
    ),
    (
        "Làm ở đâu, mang theo gì",
        (
            "Mang bản chính đến nơi chứng thực, nói cần bản sao điện tử, và cho biết tài khoản trên Cổng Dịch vụ công "
            "quốc gia để nhận tệp.",
            "[Cơ quan ghi: nơi chứng thực, giờ làm việc, phí]",
        ),
    ),
    (
        "Dùng bản sao ấy thế nào",
        (
            "Khi nộp hồ sơ trực tuyến, chọn tệp đã nhận và gửi nguyên tệp: in ra rồi chụp lại thì chữ ký số không còn. "
            "Thủ tục nào nhận bản sao điện tử thì trang của thủ tục ấy nói rõ ở mục Thành phần hồ sơ.",
        ),
    ),
)

ACCESS: tuple[Words, ...] = (
    (
        "Cổng này dành cho mọi người",
        (
            "Cổng được dựng theo WCAG 2.2 mức AA, cao hơn mức các cơ quan nhà nước phải theo tại Thông tư số "
            "26/2020/TT-BTTTT. Trang đọc được bằng phần mềm đọc màn hình, dùng được bằng bàn phím, phóng to được tới "
            "400%, có nền sáng và nền tối, cỡ chữ lớn và tương phản mạnh.",
        ),
    ),
    (
        "Đã kiểm tra những gì",
        (
            "Mỗi loại trang và mỗi tình trạng của trang được soát tự động bằng công cụ axe trong trình duyệt thật, ở "
            "bề rộng điện thoại, máy tính bảng và máy tính, nền sáng và nền tối. Biểu mẫu gửi phản ánh được thử khi "
            "tắt JavaScript và khi chỉ dùng bàn phím. Lần soát gần nhất của bản phần mềm này: tháng 11 năm 2026.",
            "[Cơ quan ghi: ngày và kết quả lần kiểm tra cùng người khuyết tật]",
        ),
    ),
    (
        "Những chỗ chưa tốt",
        (
            "Một số tệp PDF quét từ bản giấy chưa đọc được bằng phần mềm đọc màn hình; trang của văn bản luôn có "
            "trích yếu, số, ngày bằng chữ. Video của đơn vị gửi lên có thể thiếu phụ đề. Bảng rất rộng phải kéo ngang "
            "khi in.",
        ),
    ),
    (
        "Gặp chỗ khó dùng",
        (
            "Xin báo qua mục Phản ánh, kiến nghị, chọn lĩnh vực gần nhất và ghi địa chỉ trang; hoặc gọi, viết thư "
            "theo liên hệ ở cuối trang. Cần một tệp ở dạng khác (chữ lớn, tệp Word), xin nói rõ tệp nào.",
        ),
    ),
)

PRIVACY: tuple[Words, ...] = (
    (
        "Ai giữ thông tin",
        (
            "Cơ quan có tên ở cuối mỗi trang quyết định việc thu thập, sử dụng thông tin cá nhân gửi qua cổng này, "
            "theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 (có hiệu lực từ 01/01/2026) và Nghị định số "
            "356/2025/NĐ-CP.",
            "[Cơ quan ghi: bộ phận bảo vệ dữ liệu cá nhân, điện thoại, thư điện tử]",
        ),
    ),
    (
        "Thu thập gì, để làm gì",
        (
            "Người chỉ đọc cổng: không phải khai gì, không bị gắn cookie theo dõi. Lượt xem được đếm theo ngày, không "
            "kèm thông tin về người xem.",
            "Người trả lời khảo sát: phiếu không ghi tên, không ghi địa chỉ mạng. Trình duyệt giữ một ngày hai cookie: "
            "một chuỗi ngẫu nhiên để chỉ trình duyệt ấy mở lại được phiếu đang điền, và dấu cho biết phiếu đã gửi. "
            "Chúng không dùng để theo dõi.",
            "Người gửi phản ánh, kiến nghị: họ tên, điện thoại, thư điện tử, địa chỉ chỉ dùng để giải quyết và trả "
            "lời phản ánh ấy. Mỗi mục đích có một ô đồng ý riêng; không đánh dấu là không đồng ý.",
            "Người viết ý kiến bạn đọc: thư điện tử, nếu ghi, chỉ dùng để báo ý kiến đã đăng hay chưa.",
            "Cán bộ có tài khoản: tên, chức vụ, đơn vị, thư công vụ và nhật ký việc đã làm trên hệ thống.",
        ),
    ),
    (
        "Giữ bao lâu",
        (
            "Thư điện tử của người viết ý kiến bạn đọc được xóa 30 ngày sau khi có quyết định (chưa ai duyệt thì 30 "
            "ngày từ lúc nhận). Ý kiến không đăng hay đã gỡ giữ 180 ngày. Lời góp ý về trang giữ 1 năm. Số lượt tìm "
            "kiếm giữ khoảng 13 tháng, không kèm người tìm. Phiên đăng nhập của cán bộ hết sau 12 giờ.",
            "[Cơ quan ghi: thời hạn giữ hồ sơ phản ánh, kiến nghị theo danh mục hồ sơ của cơ quan]",
        ),
    ),
    (
        "Ai xem được",
        (
            "Chỉ cán bộ được giao việc xem được tên và cách liên hệ của người gửi; mỗi lần xem được ghi vào nhật ký "
            "không sửa được. Bản công khai của phản ánh đã che tên, số điện thoại, địa chỉ và do người khác duyệt.",
        ),
    ),
    (
        "Trẻ em",
        (
            "Thông tin của trẻ em được bảo vệ đặc biệt: cha, mẹ hoặc người giám hộ đồng ý thay theo quy định, và tên, "
            "lớp, hình ảnh của trẻ không hiện ở bản công khai.",
        ),
    ),
    (
        "Quyền của người có thông tin",
        (
            "Được biết, xem, sửa, rút lại sự đồng ý, yêu cầu xóa hoặc hạn chế sử dụng thông tin của mình; được khiếu "
            "nại khi cho rằng thông tin bị dùng sai. Rút phản ánh: làm ở trang theo dõi phản ánh bằng mã. Rút lại "
            "đồng ý, xem, sửa, xóa: liên hệ cơ quan theo địa chỉ cuối trang, nói mã phản ánh.",
        ),
    ),
)

TERMS: tuple[Words, ...] = (
    (
        "Thông tin trên cổng",
        (
            "Cơ quan đăng thông tin để mọi người biết và dùng. Khi nội dung ở đây khác với văn bản đã ký, ban hành, "
            "xin dùng văn bản ấy.",
        ),
    ),
    (
        "Dùng lại",
        (
            "Được trích, đăng lại thông tin công khai trên cổng, không sửa làm sai nghĩa, ghi rõ nguồn và ngày lấy. "
            "Ảnh có ghi tác giả thì giữ tên tác giả. Dữ liệu mở tải về có cách tính đi kèm.",
        ),
    ),
    (
        "Khi gửi nội dung cho cơ quan",
        (
            "Người gửi chịu trách nhiệm về điều mình viết và tệp mình gửi; không đưa thông tin riêng của người khác "
            "nếu không cần. Khiếu nại, tố cáo có trình tự riêng, không gửi qua mục phản ánh, kiến nghị. Nội dung rác, "
            "xúc phạm không được đăng.",
        ),
    ),
    (
        "Khi cổng tạm dừng",
        ("Việc dừng có kế hoạch được báo trước ít nhất 07 ngày làm việc ở đầu trang, kèm giờ dự kiến hoạt động lại.",),
    ),
)

# Topics of the page of questions: title, then question with its answer.
QUESTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Làm thủ tục, nộp hồ sơ",
        (
            (
                "Cần giấy tờ gì, nộp ở đâu, bao lâu xong?",
                "Mở mục Thủ tục hành chính, gõ việc cần làm bằng lời của mình, không cần dấu. Trang của mỗi thủ tục "
                "ghi giấy tờ, nơi nộp, thời hạn, phí; mục Chuẩn bị hồ sơ trước khi đi in được danh sách để mang theo.",
            ),
            (
                "Ở xa thì nộp thế nào?",
                "Thủ tục nào nhận qua mạng hay qua bưu chính thì trang của thủ tục ấy ghi rõ, kèm từng bước.",
            ),
            (
                "Nộp rồi, hồ sơ đang ở đâu?",
                "Gõ mã in trên giấy tiếp nhận vào trang Tra cứu hồ sơ, hoặc quét mã QR trên giấy ấy. Trang cho biết "
                "bước đang làm, ngày hẹn trả và cách tính ngày ấy.",
            ),
            (
                "Bị đòi thêm giấy tờ ngoài danh sách thì sao?",
                "Danh sách ở trang thủ tục là đủ. Bị đòi thêm, xin gửi phản ánh, kiến nghị, ghi nơi và ngày.",
            ),
            (
                "Quá ngày hẹn mà chưa có kết quả?",
                "Cơ quan xin lỗi và hẹn lại; thư xin lỗi được công khai, không nêu tên người nộp. Không thấy thư, xin "
                "gửi phản ánh, kiến nghị kèm mã hồ sơ.",
            ),
        ),
    ),
    (
        "Gửi phản ánh, kiến nghị",
        (
            (
                "Gửi phản ánh có cần tài khoản không?",
                "Không. Điền biểu mẫu, gửi xong sẽ có mã phản ánh và mã theo dõi.",
            ),
            (
                "Tên tôi có hiện ra cho mọi người không?",
                "Không. Bản công khai đã che tên, số điện thoại, địa chỉ; chỉ cán bộ được giao việc mới xem được "
                "người gửi.",
            ),
            (
                "Khi nào có câu trả lời?",
                "Thời hạn tính theo ngày làm việc từ lúc cơ quan tiếp nhận. Trang theo dõi bằng mã cho biết hạn của "
                "từng phản ánh, tính ra từng ngày.",
            ),
            (
                "Tôi làm mất mã theo dõi thì sao?",
                "Mã chỉ hiện một lần và cổng không giữ bản đọc được. Nếu lúc gửi có ghi thư điện tử, mở trang theo "
                "dõi, chọn gửi lại mã: mã mới tới thư ấy. Nếu không, xin liên hệ cơ quan, nói ngày và nội dung gửi.",
            ),
        ),
    ),
    (
        "Dùng cổng thông tin",
        (
            (
                "Tìm một văn bản thế nào?",
                "Gõ số, ký hiệu hoặc vài chữ của trích yếu vào ô tìm kiếm, không cần gõ dấu.",
            ),
            (
                "Theo dõi tin mới bằng cách nào?",
                "Mỗi danh sách có nguồn tin Atom; sao chép địa chỉ ấy vào phần mềm đọc tin.",
            ),
        ),
    ),
)


def story(parts: tuple[Words, ...]) -> list[tuple[str, Any]]:
    """Return ``parts`` as blocks of a body: a heading, then a block a paragraph, so that a blank hides no more."""
    blocks: list[tuple[str, Any]] = []
    for heading, paragraphs in parts:
        blocks.append(("heading", {"text": heading, "size": "h2", "anchor": ""}))
        blocks += [("prose", f"<p>{escape(text, quote=False)}</p>") for text in paragraphs]
    return blocks


def topics() -> list[tuple[str, Any]]:
    """Return the first questions as blocks."""
    return [
        (
            "topic",
            {
                "title": title,
                "questions": [
                    {"question": asked, "answer": f"<p>{escape(answer, quote=False)}</p>", "anchor": ""}
                    for asked, answer in questions
                ],
            },
        )
        for title, questions in QUESTIONS
    ]
