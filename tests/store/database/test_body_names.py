"""Which bodies a typed name means."""

from __future__ import annotations

import pytest

from pipeline.store.database.body_names import find_body, find_places, histories


@pytest.mark.parametrize(
    ("name", "ids", "types"),
    [
        ("Sở Y tế", (), ("so-y-te",)),
        ("so y te", (), ("so-y-te",)),
        ("SỞ Y TẾ", (), ("so-y-te",)),
        ("Sở Y tế Bến Tre", ("so-y-te--ben-tre",), ()),
        ("so y te tinh ben tre", ("so-y-te--ben-tre",), ()),
        ("Sở Y tế của tỉnh Bến Tre", ("so-y-te--ben-tre",), ()),
        ("UBND tỉnh", (), ("ubnd-tinh",)),
        ("uy ban nhan dan tinh", (), ("ubnd-tinh",)),
        # The places that went into Vĩnh Long on 2025-07-01, whose bodies' work its own took over.
        ("Sở Y tế Vĩnh Long", ("so-y-te--vinh-long", "so-y-te--ben-tre", "so-y-te--tra-vinh"), ()),
        ("Bộ TN&MT", ("bo-tai-nguyen-va-moi-truong",), ()),
        (
            "Bộ Nông nghiệp và Môi trường",
            ("bo-nong-nghiep-va-moi-truong", "bo-tai-nguyen-va-moi-truong", "bo-nong-nghiep-va-phat-trien-nong-thon"),
            (),
        ),
        ("Bộ Y tế", ("bo-y-te",), ()),
        ("Công ty Cấp nước", (), ()),
        ("", (), ()),
    ],
)
def test_a_name_means(name: str, ids: tuple[str, ...], types: tuple[str, ...]) -> None:
    found = find_body(name)
    assert set(found.ids) == set(ids)
    assert found.ids[:1] == ids[:1]
    assert found.types == types


def test_a_body_that_took_over_local_bodies_of_another_type() -> None:
    types = find_body("Sở NN&MT").types
    assert types[0] == "so-nong-nghiep-va-moi-truong"
    assert {"so-tai-nguyen-va-moi-truong", "so-nong-nghiep-va-phat-trien-nong-thon"} <= set(types)


def test_places() -> None:
    assert find_places("bến tre") == find_places("BEN TRE") == find_places("tỉnh Bến Tre") == ("ben-tre",)
    assert find_places("tp hcm") == ("ho-chi-minh",)
    assert find_places("Atlantis") == ()


def test_a_chain_is_told_once() -> None:
    chains = histories(find_body("Bộ NN&MT"))
    assert len(chains) == 1
    assert "bo-tai-nguyen-va-moi-truong" in {chapter.id for chapter in chains[0]}
