"""What holds for every text and day: order of bounds, exact offsets, round trips, normal forms, linear time."""

import datetime
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import TimeExpression, expressions_as_json, read_dates
from pipeline.dates.working_days import add_working_days, is_working_day

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 12, 31))
SALAD = (
    "ngày tháng năm tuần quý hôm nay mai qua trước sau từ đến hết trong vòng cuối đầu giữa nửa thứ hai ba tư chủ nhật "
    "Tết rằm mùng Giêng Chạp hằng mỗi định kỳ một lần 5 15 30/6 7-4 2023 12/2024 31/12/2023 II III kể ký làm việc tới "
    "này ngoái còn lại của giai đoạn 2021-2025 8h 17h30 , . ( ) - – và âm lịch thập niên 90 thế kỷ 29/2 31/4 0 99 % "
    "T2 T6 CN sang nhé đến\u00a0nay nửa thập kỷ này quí Phục\u00a0sinh mai 7h thg : giờ hăm Chạp giữa"
)
WORDS = st.sampled_from(SALAD.split(" "))
FORMATS = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d:02}.{m:02}.{y}",
    "{d} / {m} / {y}", "{d} - {m} - {y}", "{d}-{m} -{y}", "{d}-{m} - {y}", "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}",
    "ngày {d} tháng {m} năm {y}", "ngày {d:02} tháng {m:02} năm {y}", "{d} tháng {m} năm {y}", "ngày {d}/{m}/{y}",
    "ngày {d}-{m}-{y}", "ngày {d}/{m} năm {y}", "ngày {d}-{m} năm {y}", "sáng {d}/{m}/{y}", "ngày {d} tháng {m}, {y}",
    "ngày {d} thg {m}, {y}", "{y}.{m:02}.{d:02}", "{d}\u2013{m}\u2013{y}", "{d}\u2011{m}\u2011{y}", "Ngày: {d}/{m}/{y}",
    "ngày {d} tháng {m}/{y}", "Ngày {d:02}.{m:02}.{y}", "hôm {d}-{m}-{y}", "chiều ngày {d}/{m}/{y}",
)  # fmt: skip


def _checked(text: str, on: datetime.date) -> list[TimeExpression]:
    found = read_dates(text, on)
    end = 0
    for one in found:
        assert text[one.char_start : one.char_end] == one.text and one.text.strip() == one.text
        assert end <= one.char_start < one.char_end <= len(text)
        end = one.char_end
        if one.start is not None and one.end is not None:
            assert one.start <= one.end, one
        if one.anchor is not None:
            assert text[one.anchor.char_start : one.anchor.char_end] == one.anchor.event
        for value in (one.start, one.end, one.end_strict):
            assert value is None or datetime.date.fromisoformat(value)
    assert len(expressions_as_json(found)) == len(found)
    return found


@settings(max_examples=600, deadline=None)
@given(st.lists(WORDS, max_size=14), DAYS)
def test_bounds_and_offsets_of_word_salad(words: list[str], on: datetime.date) -> None:
    _checked(" ".join(words), on)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), DAYS)
def test_any_text_is_read(text: str, on: datetime.date) -> None:
    _checked(text, on)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=10), DAYS)
def test_nfd_and_nfc_read_the_same(words: list[str], on: datetime.date) -> None:
    composed = unicodedata.normalize("NFC", " ".join(words))
    decomposed = unicodedata.normalize("NFD", composed)
    one, other = read_dates(composed, on), _checked(decomposed, on)
    facts = [[(x.start, x.end, x.edtf, x.rule, unicodedata.normalize("NFC", x.text)) for x in y] for y in (one, other)]
    assert facts[0] == facts[1]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 400), st.sampled_from(["ngày", "tuần", "tháng", "ngày làm việc", "giờ"]), DAYS)
def test_within_n_ends_on_or_after_the_day_counted_from(n: int, unit: str, on: datetime.date) -> None:
    for text in (f"trong vòng {n} {unit}", f"trong thời hạn {n} {unit}", f"trong {n} {unit} tới"):
        (found,) = _checked(text, on)
        assert found.start == on.isoformat()
        assert found.end is not None and found.end >= on.isoformat()


@pytest.mark.parametrize("form", FORMATS)
def test_every_day_of_1990_to_2050_reads_back(form: str) -> None:
    day, on = datetime.date(1990, 1, 1), datetime.date(2020, 6, 14)
    step = datetime.timedelta(days=1)
    lines = []
    days = []
    while day.year <= 2050:
        lines.append(form.format(d=day.day, m=day.month, y=day.year))
        days.append(day.isoformat())
        day += step
    found = read_dates(".\n".join(lines), on)
    assert [one.text for one in found] == lines
    assert [(one.start, one.end, one.edtf) for one in found] == [(day, day, day) for day in days]


def test_months_quarters_and_years_read_back() -> None:
    on = datetime.date(2020, 6, 14)
    for year in range(1990, 2051):
        for month in range(1, 13):
            for form in ("tháng {m}/{y}", "tháng {m:02}-{y}", "tháng {m} năm {y}", "tháng {m}.{y}"):
                (found,) = read_dates(form.format(m=month, y=year), on)
                assert (found.edtf, found.grain) == (f"{year}-{month:02}", "month")
        for number, roman in enumerate(("I", "II", "III", "IV"), 1):
            for form in (f"quý {roman}/{year}", f"quý {number} năm {year}", f"Quý {roman} - {year}"):
                (found,) = read_dates(form, on)
                assert (found.edtf, found.grain) == (f"{year}-{32 + number}", "quarter")
        (found,) = read_dates(f"năm {year}", on)
        assert found.edtf == str(year)


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 60))
def test_working_days(day: datetime.date, n: int) -> None:
    end = add_working_days(day, n)
    assert is_working_day(end)
    assert sum(is_working_day(day + datetime.timedelta(days=i)) for i in range(1, (end - day).days + 1)) == n


@pytest.mark.parametrize("step", range(-400, 401, 37))
def test_a_plan_never_looks_back_and_a_report_never_ahead(step: int) -> None:
    on = datetime.date(2023, 6, 14)
    day = on + datetime.timedelta(days=step)
    (plan,) = read_dates(f"ngày {day.day}/{day.month}", on, direction="future")
    (report,) = read_dates(f"ngày {day.day}/{day.month}", on, direction="past")
    assert plan.end is not None and plan.end >= on.isoformat()
    assert report.start is not None and report.start <= on.isoformat()


@pytest.mark.parametrize(
    "piece",
    ["Ngày 1-6, UBND tỉnh yêu cầu hoàn thành trước ngày 30/6/2023. ", "1 ", "tháng ", "năm năm ", "1/2", "từ đến ",
     "thứ hai ", "15 ngày 3 tháng 2 năm ", "((((", "\n\n\n", "ngày 1, 2, 3, ", "đầu cuối giữa "],
)  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    on = datetime.date(2023, 6, 14)

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = 9.0
        for _ in range(2):
            begin = time.process_time()
            read_dates(text, on)
            best = min(best, time.process_time() - begin)
        return best

    short, long = seconds(60_000), seconds(240_000)
    assert long < 10 * short + 0.2


def test_the_result_depends_on_the_arguments_alone() -> None:
    text, on = "họp thứ Sáu, nộp trước ngày 30/6", datetime.date(2023, 6, 14)
    assert read_dates(text, on) == read_dates(text, on)
    assert not re.search(r"today\(|now\(", "".join(str(x) for x in read_dates(text, on)))
