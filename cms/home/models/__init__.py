"""The home page, the years of administrative reform, and what stands around every page: menus and notices."""

from .home_page import HomePage
from .menu import Menu
from .notice import SiteNotice
from .promotion import PromotedPage, SearchPromotion
from .reform_year import ReformYearPage
from .workflow import MadeWorkflow

__all__ = ["HomePage", "MadeWorkflow", "Menu", "PromotedPage", "ReformYearPage", "SearchPromotion", "SiteNotice"]
