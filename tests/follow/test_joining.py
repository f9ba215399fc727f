"""Which statements are joined and which stay apart; the same whatever the order."""

from __future__ import annotations

import datetime
import random

import msgspec
import pytest

from pipeline.follow.joining import Decisions
from pipeline.follow.ledger import Matter, make_ledger
from tests.follow.stories import read, report

ASK = "Chủ tịch UBND tỉnh Bến Tre Lê Văn Nam yêu cầu {}."


def matters(*texts: str) -> list[Matter]:
    days = ("2024-03-01", "2024-07-10", "2024-12-20")
    return make_ledger(read(*(report(number, days[number], text) for number, text in enumerate(texts))))


@pytest.mark.parametrize(
    "texts",
    [
        (
            ASK.format("Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày 31/12/2024"),
            ASK.format("Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày 30/6/2025"),
        ),
        (
            ASK.format("UBND huyện Ba Tri hoàn thành giải phóng mặt bằng quốc lộ 57B trước ngày 30/6/2024"),
            ASK.format("UBND huyện Ba Tri hoàn thành GPMB QL57B trước ngày 30/9/2024"),
        ),
    ],
)
def test_one_work_is_one_matter(texts: tuple[str, ...]) -> None:
    assert [len(matter.statements) for matter in matters(*texts)] == [2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Another number, place, year, side, document; a repair after the opening.
        ("hoàn thành thi công cầu Bến Đá 1", "hoàn thành thi công cầu Bến Đá 2"),
        ("hoàn thành xây dựng trạm y tế xã An Hòa", "hoàn thành xây dựng trạm y tế xã An Bình"),
        ("ban hành kế hoạch tuyển sinh năm học 2024-2025", "ban hành kế hoạch tuyển sinh năm học 2025-2026"),
        ("hoàn thành thi công cầu Bến Đá giai đoạn 1", "hoàn thành thi công cầu Bến Đá giai đoạn 2"),
        ("trình dự thảo nghị định về hóa đơn", "trình dự thảo thông tư về hóa đơn"),
    ],
)
def test_near_misses_stay_apart(first: str, second: str) -> None:
    texts = [ASK.format(f"Sở Xây dựng {work} trước ngày 30/{month}/2025") for work, month in ((first, 6), (second, 9))]
    assert [len(matter.statements) for matter in matters(*texts)] == [1, 1]


def story() -> list[object]:
    return [
        report(
            0, "2024-03-01", ASK.format("Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày 31/12/2024")
        ),
        report(
            1, "2024-07-10", ASK.format("Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày 30/6/2025")
        ),
        report(2, "2024-12-20", "Theo Sở Giao thông vận tải, đến nay cầu Bến Đá thi công đạt 62 % khối lượng."),
        report(3, None, ASK.format("Sở Y tế rà soát các trạm y tế xuống cấp")),
    ]


def test_any_order_gives_the_same_bytes() -> None:
    pairs = read(*story())  # type: ignore[arg-type]
    whole = msgspec.json.encode(make_ledger(pairs))
    for seed in range(5):
        random.Random(seed).shuffle(pairs)
        assert msgspec.json.encode(make_ledger(pairs)) == whole


def test_a_day_sees_what_was_published_by_then() -> None:
    pairs = read(*story())  # type: ignore[arg-type]
    day = datetime.date(2024, 7, 9)
    early = make_ledger(pairs, as_of=day)
    assert [[one.path for one in matter.statements] for matter in early] == [["r0.txt"]]
    # What came later changes nothing of it.
    whole = {matter.id: matter for matter in make_ledger(pairs)}
    assert whole[early[0].id].standing(day) == early[0].standing(day)


def test_links_say_why() -> None:
    link = make_ledger(read(*story()))[0].links[0]  # type: ignore[arg-type]
    assert link.verdict == "joined" and 0.4 < link.score <= 1
    assert {reason.feature for reason in link.reasons} >= {"words", "aspect_same", "body_same"}


def test_what_people_say_wins() -> None:
    pairs = read(*story())  # type: ignore[arg-type]
    bridge = make_ledger(pairs)[0]
    one, other = sorted(statement.id for statement in bridge.statements[:2])
    apart = make_ledger(pairs, Decisions(rejected=frozenset({(one, other)})))
    assert not any({one, other} <= {it.id for it in matter.statements} for matter in apart)
    clinic = next(statement.id for statement, _ in pairs if "trạm y tế" in statement.exact)
    joined = make_ledger(pairs, Decisions(accepted=frozenset({(min(one, clinic), max(one, clinic))})))
    assert any({one, clinic} <= {it.id for it in matter.statements} for matter in joined)
