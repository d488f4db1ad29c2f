"""Plans as readers and officers meet them, in every state of the sample plans."""

from django.urls import reverse

from cms.plans.enums import DueStanding
from cms.plans.models import PlanPage, PlanTarget, PlanTask
from tests.browser.pages.office import HOME
from tests.browser.pages.screen import go
from tests.files.make_samples import samples

OPENED = "all => all.forEach(each => { each.open = true; })"
MANY = "118/KH-SGDĐT"


def reading_plans(page):
    """Every sample plan (many tasks, none, of a school), its board narrowed, narrowed to nothing, opened."""
    for plan in PlanPage.objects.readable().newest():
        go(page, plan.url)
        page.locator("main details").evaluate_all(OPENED)
        yield f"kế hoạch {plan.number}"
    go(page, PlanPage.objects.numbered(MANY).url)
    page.get_by_label("Tình trạng", exact=True).select_option("qua-han")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.get_by_text("Đang xem").wait_for()
    yield "kế hoạch, lọc việc quá hạn"
    page.get_by_label("Tình trạng", exact=True).select_option("dung")
    page.get_by_label("Đơn vị", exact=True).select_option("van-phong-so")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.get_by_text("Không có nhiệm vụ nào hợp").wait_for()
    yield "kế hoạch, lọc không có gì"


def working_on_tasks(page):
    """xuly: the list and its filters, a task of each kind, a report that went wrong, one that went well and back."""
    go(page, HOME)
    yield "bàn của xử lý, có nhiệm vụ"
    index = reverse("plan_task:index")
    for query in ("", f"?standing={DueStanding.LATE}", "?q=zzz+khong+co", "?reach=all"):
        go(page, f"{index}{query}")
        yield f"nhiệm vụ {query}"
    for task in (_task("1"), _task("2"), _task("4"), _task("5")):
        go(page, reverse("plan_task:open", args=[task.pk]))
        page.locator("main details").evaluate_all(OPENED)
        yield f"nhiệm vụ {task.printed_order}"
    page.get_by_label("Đã làm được").fill("200")
    page.get_by_role("button", name="Cập nhật tiến độ").click()
    page.locator("main .error-message").first.wait_for()
    yield "tiến độ ghi sai"
    page.get_by_label("Đã làm được").fill("85")
    page.get_by_role("button", name="Cập nhật tiến độ").click()
    page.get_by_text("Đang làm, 85 %").wait_for()
    yield "tiến độ vừa ghi"
    page.get_by_role("button", name="Rút lại lần cập nhật cuối").click()
    page.get_by_text("đã rút lại").first.wait_for()
    yield "tiến độ vừa rút lại"


def answering_difficulties(page):
    """lanhdao: what waits for an answer, an answer without words, the answer."""
    go(page, f"{reverse('plan_task:index')}?reach=answer")
    yield "khó khăn chờ trả lời"
    go(page, reverse("plan_task:open", args=[_task("1").pk]))
    page.locator("main details").evaluate_all(OPENED)
    page.get_by_role("button", name="Trả lời").click()
    page.locator("main .error-message").first.wait_for()
    yield "trả lời trống"
    page.get_by_label("Ý kiến của lãnh đạo").fill("Đồng ý cho in lại trên vật liệu chịu nước.")
    page.get_by_role("button", name="Trả lời").click()
    page.get_by_text("Đã trả lời").first.wait_for()
    yield "đã trả lời"


def telling_figures(page):
    """bientap: the targets, one of them, a figure that is none; the table of tasks coming in."""
    go(page, reverse("plan_target:index"))
    yield "chỉ tiêu"
    go(page, reverse("plan_target:open", args=[PlanTarget.objects.order_by("pk").first().pk]))
    yield "một chỉ tiêu"
    page.get_by_role("textbox", name="Số đạt được").fill("nhiều")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.locator("main .error-message").first.wait_for()
    yield "số đạt được ghi sai"
    go(page, reverse("plan_tasks_import"))
    page.get_by_role("combobox", name="Kế hoạch").select_option(str(PlanPage.objects.numbered(MANY).pk))
    table = {"name": "nhiem_vu.csv", "mimeType": "text/csv", "buffer": samples()["nhiem_vu.csv"]}
    page.locator("main input[type=file]").set_input_files(table)
    with page.expect_navigation():
        page.get_by_role("button", name="Đọc tệp và xem trước").click()
    page.get_by_text("Sẽ bỏ khỏi kế hoạch").first.wait_for()
    yield "bảng nhiệm vụ, xem khác biệt"


def _task(order: str) -> PlanTask:
    """A task of the yearly plan: one with a difficulty waiting, a product, periods, a difficulty answered."""
    return PlanTask.objects.of_pages([PlanPage.objects.numbered("45/KH-SGDĐT").pk]).get(printed_order=order)
