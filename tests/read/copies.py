"""Generated reports whose copies are known: articles as several papers print them, and reports that only look alike.

The sentences are those of the project's corpus, with other names and figures each time.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[2] / "corpus"
_SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lý",
)  # fmt: skip
_MIDDLES = ("Văn", "Thị", "Đức", "Quang", "Minh", "Hữu", "Thanh", "Ngọc", "Xuân", "Đình")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Hạnh", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Phúc", "Sơn")
_PLACES = ("Bến Tre", "Cà Mau", "Hậu Giang", "Quảng Trị", "Lào Cai", "Phú Yên", "Kon Tum", "Hà Nam", "Tây Ninh")
_PAPERS = ("TTXVN", "Báo Đồng Khởi", "SGGP", "NLĐO", "Chinhphu.vn", "VOV.VN", "Dân Việt", "TTO")
_TOPICS = ("chuyển đổi số", "phòng chống hạn mặn", "giải ngân vốn đầu tư công", "cải cách hành chính")
_FIGURE = re.compile(r"\d+")
_PERSON = re.compile(rf"\b(?:{'|'.join(_SURNAMES)})(?: [A-ZĐ]\w+){{1,3}}\b")


class Sample(NamedTuple):
    """A report's text, and the number of the report that it is a copy of: its own where it is none."""

    text: str
    group: int


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the corpus's articles that stand on a line of their own or end in a stop."""
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        if not path.name.startswith("official"):
            for line in path.read_text(encoding="utf-8").splitlines()[1:]:
                found += [part for part in re.split(r"(?<=[.!?]) +", line) if 60 < len(part) < 400]
    return tuple(found)


@cache
def official_texts() -> tuple[str, ...]:
    """The corpus's official documents."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("official-*.txt")))


def samples(count: int, seed: int = 1) -> Iterator[Sample]:
    """So many reports: about half of them articles with up to four copies, the rest articles alone and lookalikes."""
    chance = random.Random(seed)
    made = group = 0
    while made < count:
        kind = chance.random()
        if kind < 0.3:
            original = article(chance)
            texts = [(printed(cut(original, chance), chance), 0) for _ in range(chance.randint(1, 4))]
            # In three batches of ten the whole article is not among its copies.
            if chance.random() < 0.7 or len(texts) == 1:
                texts.append((printed(original, chance), 0))
            chance.shuffle(texts)
        elif kind < 0.45:
            original = article(chance)
            texts = [(printed(original, chance), 0), (printed(follow_up(original, chance), chance), 1)]
        elif kind < 0.6:
            texts = [(text, number) for number, text in enumerate(telegrams(chance))]
        elif kind < 0.7:
            texts = [(text, number) for number, text in enumerate(weekly_reports(chance, chance.randint(2, 12)))]
        else:
            texts = [(printed(article(chance), chance), 0)]
        for text, member in texts:
            if made < count:
                yield Sample(text, group + member)
                made += 1
        group += 1 + max(member for _, member in texts)


def article(chance: random.Random) -> list[str]:
    """The paragraphs of an article, five to fourteen."""
    found = []
    for _ in range(chance.randint(5, 14)):
        picked = chance.sample(sentences(), chance.randint(1, 4))
        found.append(" ".join(disguised(sentence, chance) for sentence in picked))
    return found


def disguised(text: str, chance: random.Random) -> str:
    """The text with other persons and figures."""
    text = _PERSON.sub(lambda _: person(chance), text)
    return _FIGURE.sub(lambda match: str(chance.randint(1, 10 ** len(match[0]) - 1)), text)


def person(chance: random.Random) -> str:
    return f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"


def cut(paragraphs: list[str], chance: random.Random) -> list[str]:
    """A fifth of the paragraphs dropped."""
    dropped = set(chance.sample(range(len(paragraphs)), max(1, round(0.2 * len(paragraphs)))))
    return [paragraph for number, paragraph in enumerate(paragraphs) if number not in dropped]


def printed(paragraphs: list[str], chance: random.Random) -> str:
    """The article in a paper: title, source in the lead, captions, byline, related links, in one or another layout."""
    place, topic = chance.choice(_PLACES), chance.choice(_TOPICS)
    paper = chance.choice(_PAPERS)
    head = [chance.choice((f"{place}: Họp bàn {topic}", f"Đẩy mạnh {topic} tại {place}", f"{place} tập trung {topic}"))]
    if chance.random() < 0.4:
        head.append(f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2023 {chance.randint(6, 22)}:30")
    body = list(paragraphs)
    body[0] = chance.choice((body[0], f"({paper}) - {body[0]}", f"{paper} – {body[0]}"))
    for _ in range(chance.randint(0, 3)):
        credit = chance.choice((f"Ảnh: {person(chance)}", f"Ảnh: {paper}", "Ảnh minh họa"))
        body.insert(chance.randint(1, len(body)), f"Quang cảnh buổi làm việc về {topic}. {credit}")
    tail = []
    if chance.random() < 0.5:
        tail.append(chance.choice((person(chance), f"Theo {paper}", f"Bài và ảnh: {person(chance)}")))
    if chance.random() < 0.3:
        tail.append(f"Xem thêm: {chance.choice(_PLACES)} tổng kết công tác {chance.choice(_TOPICS)}")
    if chance.random() < 0.1:
        body = [textwrap.fill(paragraph, 80) for paragraph in body]
        return "\n\n".join([*head, *body, *tail]) + "\n"
    return chance.choice(("\n", "\n\n")).join([*head, *body, *tail]) + "\n"


def follow_up(paragraphs: list[str], chance: random.Random) -> list[str]:
    """Another article that quotes two paragraphs of this one."""
    later = article(chance)
    while len(later) < 5:
        later = article(chance)
    for paragraph in chance.sample(paragraphs, 2):
        later.insert(chance.randint(1, len(later)), paragraph)
    return later


def telegrams(chance: random.Random) -> list[str]:
    """Official documents of one template: one, and others that differ from it in one figure, one name, or in all."""
    text = disguised(chance.choice(official_texts()), chance)
    others = []
    figures = [match for match in _FIGURE.finditer(text) if match.start() > len(text) // 4]
    if figures:
        match = chance.choice(figures)
        others.append(f"{text[: match.start()]}{int(match[0]) + chance.randint(1, 9)}{text[match.end() :]}")
    persons = sorted(set(_PERSON.findall(text)))
    if persons:
        name = chance.choice(persons)
        others.append(text.replace(name, next(new for new in iter(lambda: person(chance), "") if new != name)))
    others.append(disguised(text, chance))
    return [text, *others]


def weekly_reports(chance: random.Random, weeks: int) -> list[str]:
    """Reports of one office, week after week, with the same words and other figures."""
    place, topic = chance.choice(_PLACES), chance.choice(_TOPICS)
    template = [
        sentence
        for sentence in chance.sample(sentences(), len(sentences()))
        if len(_FIGURE.findall(sentence)) > 0
    ][: chance.randint(6, 12)]
    found = []
    for week in range(1, weeks + 1):
        lines = [
            f"Báo cáo tuần {week} về {topic} của tỉnh {place}",
            f"Từ ngày {chance.randint(1, 28)}/{chance.randint(1, 12)} đến nay, {place} triển khai {topic} như sau:",
            *(_FIGURE.sub(lambda match: str(chance.randint(1, 10 ** len(match[0]) + 8)), line) for line in template),
            "Đề nghị các sở, ngành, địa phương tiếp tục thực hiện và báo cáo kết quả trước thứ sáu tuần sau.",
        ]
        found.append("\n".join(lines) + "\n")
    return found
