"""Fixed public addresses of plans, below ``/ke-hoach/``; the plans themselves are pages."""

from django.urls import path

from cms.plans import views

app_name = "plans_public"

urlpatterns = [
    path("<int:pk>/nhiem-vu.<slug:extension>", views.board_table, name="board_table"),
    path("san-pham/<int:pk>/", views.product_file, name="product"),
]
