"""What senders said of answers, in the sample portal: unit, category, how many days ago, the levels."""

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
