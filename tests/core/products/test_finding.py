"""Is the product found that the owner means, and the rest of the words left whole?"""

import pytest

from core.products import finding
from core.products.models import Product

PRODUCTS = [
    Product(name="Чай и Ко", slug="chay-i-ko"),
    Product(name="Чайник", slug="kettle"),
    Product(name="Tea & Co", slug="tea"),
    Product(name="Tea & Co Pro", slug="tea-pro"),
    Product(name="Ёлка", slug="yolka"),
]


def _found(typed: str) -> tuple[list[str], str]:
    found = finding.find(_with_ids(), typed)
    return [product.slug for product in found.products], found.rest_of(typed)


def _with_ids() -> list[Product]:
    for number, product in enumerate(PRODUCTS):
        product.id = number  # type: ignore[assignment]
    return PRODUCTS


@pytest.mark.parametrize(
    ("typed", "slugs", "rest"),
    [
        ("tea Hello", ["tea"], "Hello"),
        ("TEA-PRO Hello there", ["tea-pro"], "Hello there"),
        ("@kettle Hello", ["kettle"], "Hello"),
        ("Tea & Co Hello", ["tea"], "Hello"),
        ("Tea & Co Pro Hello", ["tea-pro"], "Hello"),
        ("«Чай и Ко» Привет", ["chay-i-ko"], "Привет"),
        ('"tea & co" "quoted" text', ["tea"], '"quoted" text'),
        ("“Чай” Привет", ["chay-i-ko", "kettle"], "Привет"),
        ("чай Привет", ["chay-i-ko", "kettle"], "Привет"),
        ("чайн\nПривет", ["kettle"], "Привет"),
        ("елка С Новым годом", ["yolka"], "С Новым годом"),
        ("ёлка", ["yolka"], ""),
        ("Pro Hello", ["tea-pro"], "Hello"),
        ("teapot Hello", [], "teapot Hello"),
        ("«Кофе» Привет", [], "Привет"),
        ("«незакрытая Привет", [], "«незакрытая Привет"),
        ("«» Привет", [], "«» Привет"),
        ("", [], ""),
        ("   ", [], ""),
        ("@ Hello", [], "@ Hello"),
    ],
)
def test_the_product_and_the_rest(typed: str, slugs: list[str], rest: str) -> None:
    assert _found(typed) == (slugs, rest)
