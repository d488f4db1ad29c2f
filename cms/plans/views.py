"""What the public downloads of a plan: its board as a table, and products that a leader has shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms.media.private import private_response
from cms.plans.models import PlanPage, TaskProduct
from cms.plans.reports import FORMATS, board_rows, table_response


@require_safe
def board_table(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Answer with the published tasks and their progress."""
    if extension not in FORMATS:
        raise Http404
    page = get_object_or_404(PlanPage.objects.readable(), pk=pk)
    return table_response(board_rows(page.board), page=page, extension=extension)


@require_safe
def product_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a product that everybody may see; anything else does not exist."""
    product = get_object_or_404(TaskProduct.objects.public().of_readable_plans(), pk=pk)
    if not product.stored_name:
        raise Http404
    return private_response(
        request, name=product.stored_name, filename=product.filename, content_type=product.content_type
    )
