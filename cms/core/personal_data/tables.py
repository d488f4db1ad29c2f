"""Words that the rules know: family and given names, provinces, famous people, kinds of places and schools.

Written with their marks. A word in a text is taken for one of these when it has the same marks, or none at all.
"""

from collections.abc import Callable, Iterable

# What stands in a text instead of a finding, by its kind.
MASKS = {
    "name": "[đã che tên]",
    "phone": "[đã che số điện thoại]",
    "email": "[đã che thư điện tử]",
    "id_number": "[đã che số giấy tờ]",
    "address": "[đã che địa chỉ]",
    "class": "[đã che lớp]",
    "school_person": "[đã che người của trường]",
    "bank": "[đã che số tài khoản]",
    "plate": "[đã che biển số xe]",
    "dob": "[đã che ngày sinh]",
}

SURNAMES = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đinh đoàn trịnh trương đào mai tô lương hà
vương phùng quách tạ thái thạch tống triệu ứng vi viên văn lâm lưu luơng lục lữ mạc mã nghiêm nhâm ninh nông ông phí
phó quản quan sầm tăng thân thẩm thiều tiêu tôn tòng từ ưng cao cát châu chu cung cù doãn dư đàm đậu đồng đổng giáp
hàn hàng hầu hình hoa hứa kha khổng khúc kiều kim la lại lều lăng âu ấu bạch bành bá biện bế cái cấn cầm chử chung
danh đan đới đường giang hạ khuất khương khưu liễu lò lù lường lèo lộc ma mẫn mùa mông ngọ ngân nhữ nùng quàng quảng
sái sơn sùng sử tào thào thang thào thi thôi thành tiết tề trà trang trầm vàng vừ giàng cứ hạng hờ hảng hầu thèn tẩn
chẻo phàn lầu cháng lỳ lừu má sìn chảo điểu thị rơ ksor siu kpă rmah rcom rahlan nay niê êban byă mlô êñuôl kbuôr ayun
hmok adrơng ktla knul bh'nướch bhnướch zơrâm riah pơloong coor alăng briu blúp a y cil kơ liêng bon krajan lơ mu
"""
GIVEN = """
an ân anh ánh bách bằng bắc bích bình cẩm châu chi chiến cúc cường cương dân diễm diệp diệu dung dũng duy duyên dương
đại đăng đan đào đạt điệp đình định đoan đông đức giang hà hải hân hằng hạnh hào hảo hiếu hiển hiệp hoa hòa hoà
hoài hoan
hoàng hồng huân huệ hùng huy huyền hương hường kha khang khánh khải khoa khôi khuê kiên kiệt lam lan lâm lân lệ
liên liễu
linh loan lộc long luân lương lực ly mai mạnh mến mỹ my nam nga ngà ngân nghĩa nghi ngọc nguyên nguyệt nhân nhàn
nhã nhi
nhung như oanh phát phong phú phúc phương phượng quân quang quế quốc quý quyên quỳnh sen sơn sương tài tân thái thạch
thảo thắng thanh thành thịnh thoa thơ thu thuận thùy thúy thuý thủy thuỷ thư thương tiên tiến toản toàn trâm trân
trang
tri trí trinh trọng trúc trung trường tú tuân tuấn tùng tuyên tuyến tuyết tường vân vi việt vinh vũ vương vượng vy
xuân
yên yến tít bống bin su na bi bông tôm
"""
# Small letters after "cô", "em", "anh": these are far oftener a word than a name.
NOT_GIVEN = """
bảo công chính tình hiền nhận bình trung tri trường trí thu thanh thành thương tuyên tuyến tài tân phát phong phú tiến
định đình đại đan đào đông đăng đạt hòa hoà hoan hoàn hồng hoàng hảo hiểu hiển hiệp hào bằng bắc cương chiến chi
dân dương
điệp đoan mến nghi nguyên như nhân nhàn nhã nam quý quân quang quốc sen tiên toàn trang trọng tường vi việt vinh
vũ vương
vượng xuân yên an anh bách lương lực lộc long liên mai đức mạnh su na bi bông tôm bin tít kha thuận lam sương khoa
phúc
"""
# "cô lan man", "anh hùng": together they are a word.
NOT_TOGETHER = """
anh hùng, anh dũng, anh minh, lan man, lan truyền, lan tỏa, lan rộng, hà cớ, hà khắc, hà tiện, hương khói,
ngân hàng, ngân sách, nga ngố, thảo luận,
khánh thành, khánh kiệt, linh hoạt, linh động, dung túng, dung thứ, dung dịch, giang hồ, thúy nga, phương pháp,
phương án, phương tiện, hùng hổ, dũng cảm, huy động, huy chương, hằng ngày, hằng tháng, hằng năm, hải quan, hạnh kiểm,
hạnh phúc, thắng cuộc, tùng phụ, yến tiệc, ánh sáng, thơ ấu, vân vân, ngọc ngà, nga ngữ, hoa mắt, trinh sát, tú tài
"""
PROVINCES = """
hà nội, hồ chí minh, hải phòng, đà nẵng, cần thơ, huế, an giang, bà rịa, bà rịa vũng tàu, bạc liêu, bắc giang,
bắc kạn,
bắc ninh, bến tre, bình dương, bình định, bình phước, bình thuận, cà mau, cao bằng, đắk lắk, đắc lắc, đắk nông,
điện biên, đồng nai, đồng tháp, gia lai, hà giang, hà nam, hà tĩnh, hải dương, hậu giang, hòa bình, hưng yên,
khánh hòa, kiên giang, kon tum, lai châu, lạng sơn, lào cai, lâm đồng, long an, nam định, nghệ an, ninh bình,
ninh thuận, phú thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây ninh,
thái bình, thái nguyên, thanh hóa, thừa thiên huế, tiền giang, trà vinh, tuyên quang, vĩnh long, vĩnh phúc, yên bái,
sài gòn, hcm, hn, việt nam
"""
FAMOUS = """
hồ chí minh, trần hưng đạo, trần quốc tuấn, trần quốc toản, lê lợi, lê lai, lê thánh tông, lê quý đôn, lê hồng phong,
lê duẩn, lê văn tám, lê ngọc hân, lê hữu trác, lê đại hành, lê hoàn, lý thường kiệt, lý thái tổ, lý công uẩn,
lý tự trọng,
lý nam đế, ngô quyền, ngô gia tự, ngô sĩ liên, ngô thì nhậm, nguyễn du, nguyễn trãi, nguyễn huệ, nguyễn đình chiểu,
nguyễn khuyến, nguyễn bỉnh khiêm, nguyễn công trứ, nguyễn thị minh khai, nguyễn tri phương, nguyễn trung trực,
nguyễn văn cừ, nguyễn văn linh, nguyễn văn trỗi, nguyễn viết xuân, nguyễn ái quốc, nguyễn tất thành, nguyễn sinh cung,
nguyễn phú trọng, nguyễn hiền, nguyễn siêu, nguyễn trường tộ, nguyễn chí thanh, nguyễn lương bằng, nguyễn đức cảnh,
nguyễn tuân, nguyễn nhật ánh, nguyễn minh châu, nguyễn quang sáng, nguyễn ngọc ký, phan bội châu, phan châu trinh,
phan chu trinh, phan đình phùng, phan đình giót, phan huy chú, phan thanh giản, phạm ngũ lão, phạm hồng thái,
phạm văn đồng, phạm ngọc thạch, phạm tiến duật, trần phú, trần nhân tông, trần đại nghĩa, trần đăng ninh,
trần đăng khoa,
trần quang khải, trần quý cáp, trần tế xương, trần bình trọng, trần nguyên hãn, trần duy hưng, đinh bộ lĩnh,
đinh tiên hoàng, đào duy từ, đào duy anh, đặng thai mai, đặng thùy trâm, đoàn thị điểm, đoàn giỏi, đỗ hành,
hoàng hoa thám, hoàng văn thụ, hoàng diệu, hoàng quốc việt, hồ xuân hương, hồ tùng mậu, huỳnh thúc kháng, kim đồng,
la văn cầu, lương thế vinh, lương định của, lương văn can, mạc đĩnh chi, mạc thị bưởi, mai thúc loan, mai hắc đế,
nam cao, ngô tất tố, ông ích khiêm, tạ quang bửu, tản đà, tô hiến thành, tô hiệu, tô vĩnh diện, tô hoài, tố hữu,
tôn đức thắng, tôn thất thuyết, tôn thất tùng, trương định, trương công định, trương hán siêu, trương vĩnh ký,
triệu thị trinh, trưng trắc, trưng nhị, hai bà trưng, bà trưng, bà triệu, võ nguyên giáp, võ thị sáu, võ văn kiệt,
võ văn tần, võ trường toản, vừ a dính, bế văn đàn, xuân diệu, huy cận, hàn mặc tử, chu văn an, cao bá quát,
chế lan viên, bùi thị xuân, bùi xuân phái, thánh gióng, văn cao, vũ trọng phụng, lạc long quân, an dương vương, bác hồ
"""


def phrase_table(groups: Iterable[str], plain: Callable[[str], str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the comma-separated phrases of ``groups`` by the plain form of their first word, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for group in groups:
        for phrase in group.split(","):
            if listed := tuple(phrase.split()):
                found.setdefault(plain(listed[0]), set()).add(listed)
    return {first: tuple(sorted(phrases, key=lambda each: (-len(each), each))) for first, phrases in found.items()}
