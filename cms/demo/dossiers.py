"""Sample dossiers: one of each state and each standing to its date. Invented people, invented papers."""

from dataclasses import dataclass

from procedures.enums import DossierChannel, DossierState

S, C = DossierState, DossierChannel


@dataclass(frozen=True)
class SampleDossierRow:
    """``days_ago`` is when it came; ``done_ago`` when its last step was taken."""

    procedure: str
    unit: str
    state: DossierState
    days_ago: int
    done_ago: int = 0
    channel: DossierChannel = C.DIRECT
    return_channel: DossierChannel = C.DIRECT
    name: str = "Nguyễn Thị Mẫu An"
    phone: str = "0912000401"
    email: str = ""
    papers: str = "Đơn\nHọc bạ"


TRANSFER, COPY = "9.000001", "9.000002"
DOSSIERS = (
    SampleDossierRow(TRANSFER, "GDTrH", S.RETURNED, 24, 22, name="Trần Văn Mẫu Bình", phone="0912000402"),
    SampleDossierRow(TRANSFER, "GDTrH", S.RETURNED, 20, 10, name="Lê Thị Mẫu Chi", phone="0912000403"),
    SampleDossierRow(
        TRANSFER, "GDTrH", S.WITH_POST, 9, 6, C.POST, C.POST, "Phạm Mẫu Dung", "0912000404", "dung.mau@thu.example.vn"
    ),
    SampleDossierRow(TRANSFER, "GDTrH", S.COMPLETED, 4, 3, name="Hoàng Mẫu Giang", phone="0912000405"),
    SampleDossierRow(TRANSFER, "GDTrH", S.IN_PROGRESS, 12, 11, name="Vũ Mẫu Hà", phone="0912000406"),
    SampleDossierRow(TRANSFER, "GDTrH", S.IN_PROGRESS, 3, 2, C.ONLINE, name="Đặng Mẫu Khang", phone="0912000407"),
    SampleDossierRow(TRANSFER, "GDTrH", S.RECEIVED, 1, 1, email="an.mau@thu.example.vn"),
    SampleDossierRow(TRANSFER, "GDTrH", S.NEED_SUPPLEMENT, 6, 5, C.ONLINE, name="Bùi Mẫu Lan", phone="0912000408"),
    SampleDossierRow(TRANSFER, "GDTH", S.NEED_PAYMENT, 5, 4, name="Đỗ Mẫu Minh", phone="0912000409"),
    SampleDossierRow(TRANSFER, "GDTH", S.REFUSED, 8, 8, C.ONLINE, name="Ngô Mẫu Nam", phone="0912000410"),
    SampleDossierRow(TRANSFER, "GDTH", S.WITHDRAWN, 7, 6, name="Lý Mẫu Oanh", phone="0912000411"),
    SampleDossierRow(TRANSFER, "GDTH", S.STOPPED, 15, 12, name="Hồ Mẫu Phúc", phone="0912000412"),
    SampleDossierRow(TRANSFER, "GDTrH", S.REGISTERED, 0, 0, C.ONLINE, name="Dương Mẫu Quân", phone="0912000413"),
    SampleDossierRow(COPY, "VP", S.RECEIVED, 0, 0, name="Mai Mẫu Sen", phone="0912000414", papers="Giấy đề nghị"),
)
