"""Web pages made up in the manner of Vietnamese press sites and portals, each with what must be read from it."""

# Markup stands as it would in a file.
# ruff: noqa: E501

from __future__ import annotations

from typing import NamedTuple

TITLE = "Chủ tịch tỉnh yêu cầu đẩy nhanh tiến độ tuyến đường ven biển"
LEAD = "Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp nghe báo cáo tiến độ tuyến đường ven biển qua ba huyện."
BODY = (
    "Báo cáo tại cuộc họp, Giám đốc Sở Xây dựng Bùi Thị Lan cho biết đến hết tháng 5 khối lượng thi công mới đạt 43%, "
    "chậm hai tháng so với kế hoạch vì thiếu cát đắp nền và còn 27 hộ chưa bàn giao mặt bằng.",
    "Kết luận cuộc họp, ông Đạt yêu cầu Sở Nông nghiệp và Môi trường trình phương án cấp mỏ cát trước ngày 20/6/2024.",
    "“Không để dân phải chờ thêm một mùa mưa nữa”, ông Đạt nói.",
    "Sở Xây dựng phải báo cáo tiến độ vào thứ sáu hằng tuần.",
    "Hạn chót là 30/6.",
    "UBND huyện Hải An chịu trách nhiệm vận động các hộ còn lại, hoàn thành bàn giao mặt bằng trong tháng 7/2024.",
)
CAPTION = "Quang cảnh cuộc họp sáng 7/6. Ảnh: TRỌNG LỘC"
MENU = "".join(
    f'<li><a href="/{i}">{name}</a></li>'
    for i, name in enumerate(("Trang chủ", "Thời sự", "Chính trị", "Kinh tế", "Xã hội", "Pháp luật", "Đọc nhiều nhất"))
)
OTHERS = "".join(
    f'<li><a href="/tin/{i}">{name}</a></li>'
    for i, name in enumerate(
        (
            "Bí thư Tỉnh ủy thăm các gia đình chính sách nhân ngày 27/7 tại huyện miền núi phía tây",
            "Khởi công nhà máy xử lý rác thải sinh hoạt công suất 500 tấn mỗi ngày ở thị xã",
            "Hội nghị sơ kết công tác dân vận sáu tháng đầu năm được tổ chức trực tuyến",
            "Thí sinh cả tỉnh hoàn thành môn thi đầu tiên trong kỳ thi vào lớp mười",
        )
    )
)
FOOT = (
    "<p>Cơ quan chủ quản: Tỉnh ủy. Giấy phép số 12/GP-BTTTT do Bộ Thông tin và Truyền thông cấp ngày 3/2/2021. "
    "Tổng biên tập: Nguyễn Văn Hòa. Nghiêm cấm sao chép dưới mọi hình thức.</p>"
)


class PressPage(NamedTuple):
    """A page: its markup, the lines that must be read in this order, words that must not, and what its head says."""

    name: str
    markup: str
    lines: tuple[str, ...]
    absent: tuple[str, ...] = ("Trang chủ", "Giấy phép số 12", "nhà máy xử lý rác")
    published: str | None = "2024-06-08"
    publisher: str | None = "Báo Ven Biển"
    url: str | None = "https://bao.example/tin-1.html"
    author: str | None = None


def paragraphs(*words: str) -> str:
    return "\n".join(f"<p>{word}</p>" for word in words)


def og(published: str = "2024-06-08T06:30:00+07:00") -> str:
    return (
        f'<title>{TITLE} - Báo Ven Biển</title><meta property="og:title" content="{TITLE}">'
        '<meta property="og:site_name" content="Báo Ven Biển"><meta property="og:url" content="https://bao.example/tin-1.html">'
        f'<meta property="article:published_time" content="{published}">'
    )


def json_ld() -> str:
    return (
        f"<title>{TITLE} | Báo Ven Biển</title>"
        '<link rel="canonical" href="https://bao.example/tin-1.html"><script type="application/ld+json">'
        '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Trang"},{"@type":"NewsArticle",'
        f'"headline":"{TITLE}","datePublished":"2024-06-07T23:45:00Z","dateModified":"2024-06-09T01:00:00Z",'
        '"author":{"@type":"Person","name":"Trọng Lộc"},"publisher":{"@type":"Organization","name":"Báo Ven Biển"}}]}'
        "</script>"
    )


def page(head: str, body: str) -> str:
    return f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


ALL = (TITLE, LEAD, *BODY)


def national_daily() -> PressPage:
    """Containers with class names, a picture among the paragraphs, a box of related news, tags, comments."""
    body = f"""
    <header class="section top-header"><ul class="main-nav">{MENU}</ul></header>
    <section class="page-detail"><div class="container"><div class="sidebar-1">
    <span class="date">Thứ bảy, 8/6/2024, 06:30 (GMT+7)</span>
    <h1 class="title-detail">{TITLE}</h1><p class="description">{LEAD}</p>
    <article class="fck_detail">{paragraphs(*BODY[:2])}
    <figure class="tplCaption"><div class="fig-picture"><img alt="Cuộc họp" src="a.jpg"></div>
    <figcaption><p class="Image">{CAPTION}</p></figcaption></figure>
    {paragraphs(*BODY[2:])}<p class="author_mail" style="text-align:right"><strong>Trọng Lộc</strong></p></article>
    <div class="box-tinlienquanv2"><ul class="list-news">{OTHERS}</ul></div>
    <div class="box_comment_vne"><p>Đường này chờ lâu quá rồi, mong tỉnh làm nhanh cho bà con đỡ khổ mỗi mùa mưa bão về.</p>
    </div></div></section><footer class="footer">{FOOT}</footer>"""
    lines = ("Thứ bảy, 8/6/2024, 06:30 (GMT+7)",) * 0 + (TITLE, LEAD, *BODY[:2], CAPTION, *BODY[2:], "Trọng Lộc")
    return PressPage("national-daily", page(og(), body), lines, author=None)


def schema_org() -> PressPage:
    """An article element with itemprop, JSON-LD in UTC, links inside the text, a pointer between paragraphs."""
    linked = BODY[1].replace("Sở Nông nghiệp và Môi trường", '<a href="/so">Sở Nông nghiệp và Môi trường</a>')
    body = f"""<nav>{MENU}</nav><main><article itemscope itemtype="https://schema.org/NewsArticle">
    <h1 itemprop="headline">{TITLE}</h1><div class="detail-author"><span>Trọng Lộc</span></div>
    <h2 class="detail-sapo" data-role="sapo">{LEAD}</h2>
    <div itemprop="articleBody" class="detail-cmain"><p>{BODY[0]}</p><p>{linked}</p>
    <div class="VCSortableInPreviewMode link-content-footer"><a href="/x">Xem thêm: Khởi công cầu qua sông Đà Giang</a></div>
    {paragraphs(*BODY[2:])}</div></article>
    <aside>{OTHERS}</aside></main><footer>{FOOT}</footer>"""
    lines = (TITLE, "Trọng Lộc", LEAD, *BODY[:2], "Xem thêm: Khởi công cầu qua sông Đà Giang", *BODY[2:])
    return PressPage("schema-org", page(json_ld(), body), lines, author="Trọng Lộc")


def portal_of_tables() -> PressPage:
    """A portal laid out with nested tables and no class names, menus left and right, everything inside one form."""
    body = f"""<form id="aspnetForm"><table width="1000"><tr><td colspan="3"><table><tr><td><a href="/">CỔNG THÔNG TIN</a></td></tr>
    </table></td></tr><tr><td width="180"><ul>{MENU}</ul></td><td><table><tr><td><b>{TITLE}</b></td></tr><tr><td>
    <i>{LEAD}</i></td></tr><tr><td>{"<br><br>".join(BODY)}</td></tr><tr><td align="right">Văn phòng UBND tỉnh</td></tr>
    </table></td><td width="180"><ul>{OTHERS}</ul></td></tr><tr><td colspan="3" class="footer">{FOOT}</td></tr></table></form>"""
    return PressPage(
        "portal-of-tables",
        page(f"<title>{TITLE}</title>", body),
        (*ALL, "Văn phòng UBND tỉnh"),
        published=None,
        publisher=None,
        url=None,
    )


def sharepoint() -> PressPage:
    """A SharePoint portal: a rich text field, Dublin Core, fonts and Office markup in every paragraph."""
    office = "\n".join(
        f'<p class="MsoNormal" style="margin:6pt 0in;text-align:justify"><span lang="VI" style="font-size:14pt">{words}'
        "<o:p></o:p></span></p>"
        for words in BODY
    )
    head = (
        f'<title>{TITLE}</title><meta name="DC.Title" content="{TITLE}"><meta name="DC.Date.Issued" content="08/06/2024">'
        '<meta name="DC.Publisher" content="Báo Ven Biển"><link rel="canonical" href="https://bao.example/tin-1.html">'
    )
    body = f"""<div id="s4-workspace"><div class="ms-breadcrumb-box"><a href="/">Trang chủ</a> &gt; <a href="/t">Tin tức</a></div>
    <div class="menu-top"><ul>{MENU}</ul></div><div id="DeltaPlaceHolderMain"><div class="title-news">{TITLE}</div>
    <div class="date">08/06/2024 06:30</div><div class="sapo">{LEAD}</div><div class="ms-rtestate-field">{office}</div>
    <div class="tin-khac"><h3>Các tin khác</h3><ul>{OTHERS}</ul></div></div><div id="footer">{FOOT}</div></div>"""
    return PressPage("sharepoint", page(head, body), (TITLE, "08/06/2024 06:30", LEAD, *BODY))


def liferay() -> PressPage:
    """A Liferay portal: the article in a journal element, divs for paragraphs, figures in a list."""
    body = f"""<div id="wrapper"><nav id="navigation">{MENU}</nav><div class="portlet-content"><div class="journal-content-article">
    <h3 class="header-title">{TITLE}</h3><div>{LEAD}</div>{"".join(f"<div>{words}</div>" for words in BODY[:4])}
    <ul><li>{BODY[4]}</li><li>{BODY[5]}</li></ul></div></div><div class="footer-wrap">{FOOT}</div></div>"""
    lines = (TITLE, LEAD, *BODY[:4], f"- {BODY[4]}", f"- {BODY[5]}")
    return PressPage("liferay", page(og(), body), lines)


def wordpress() -> PressPage:
    body = f"""<div id="page" class="site"><header id="masthead" class="site-header"><ul class="menu">{MENU}</ul></header>
    <div id="content" class="content-area has-sidebar"><article id="post-1" class="post type-post">
    <header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
    <div class="entry-meta"><time datetime="2024-06-08T06:30:00+07:00">8 Tháng Sáu, 2024</time></div></header>
    <div class="entry-content"><p><strong>{LEAD}</strong></p>{paragraphs(*BODY)}
    <div class="sharedaddy"><ul class="social-share"><li><a href="#">Chia sẻ</a></li></ul></div></div></article>
    <div id="secondary" class="widget-area sidebar"><ul>{OTHERS}</ul></div></div><footer>{FOOT}</footer></div>"""
    return PressPage("wordpress", page(og(), body), (TITLE, "8 Tháng Sáu, 2024", LEAD, *BODY))


def cut_by_advertisement() -> PressPage:
    """One article in two elements of one class, an advertisement between them."""
    body = f"""<div class="top-menu"><ul>{MENU}</ul></div><h1>{TITLE}</h1><div class="sapo">{LEAD}</div>
    <div class="detail-content">{paragraphs(*BODY[:4])}</div><div class="ads-middle"><p>Mua nhà trả góp, lãi suất chỉ từ
    năm phần trăm một năm, liên hệ ngay hôm nay để được tư vấn miễn phí</p></div>
    <div class="detail-content">{paragraphs(*BODY[4:])}</div><div class="tin-lien-quan"><ul>{OTHERS}</ul></div>
    <div class="footer">{FOOT}</div>"""
    return PressPage("cut-by-advertisement", page(og(), body), ALL, absent=("Trang chủ", "Giấy phép số 12", "trả góp"))


def lines_by_breaks() -> PressPage:
    """Text parted by line breaks alone, white space and no-break blanks for indents, inline tags inside words."""
    broken = "<br/>\n".join("&nbsp;&nbsp;&nbsp; " + words.replace("mỏ cát", "m<b>ỏ</b> c<i>á</i>t") for words in BODY)
    body = f"""<div class="menu">{MENU}</div><div class="chitiet"><span class="tieude">{TITLE}</span><br>
    <b>{LEAD}</b><br/>{broken}</div><div class="copyright">{FOOT}</div>"""
    return PressPage("lines-by-breaks", page(og(), body), ALL)


def entities() -> PressPage:
    """Letters as entities, as editors of old portals wrote them."""
    named = {"á": "&aacute;", "ô": "&ocirc;", "é": "&eacute;", "ê": "&ecirc;", "ý": "&yacute;", "đ": "&#273;"}

    def escaped(words: str) -> str:
        return "".join(named.get(c, c) for c in words)

    body = f'<div class="noidung"><h1>{escaped(TITLE)}</h1>{paragraphs(*(escaped(words) for words in (LEAD, *BODY)))}</div>'
    return PressPage("entities", page(og(), body), ALL, absent=())


def unclosed() -> PressPage:
    """Markup that is never closed, attributes without quotation marks, a stray end."""
    body = f"</div><div id=menu><ul>{MENU}</ul></div><div class=news-detail><h1>{TITLE}</h1><p><b>{LEAD}</b>" + "".join(
        f"<p align=justify><font face=Arial>{words}" for words in BODY
    )
    return PressPage("unclosed", page(og(), body), ALL, absent=("Trang chủ",))


def hidden_until_shown() -> PressPage:
    """The article's element is hidden until a script shows it; so is a window over the page."""
    body = f"""<div class="popup" style="display:none"><p>Đăng nhập để nhận bản tin buổi sáng của chúng tôi qua thư điện tử mỗi
    ngày</p></div><ul class="nav">{MENU}</ul><h1>{TITLE}</h1><div class="content-detail" style="display: none">
    <p>{LEAD}</p>{paragraphs(*BODY)}</div><div class="footer">{FOOT}</div>"""
    return PressPage("hidden-until-shown", page(og(), body), ALL, absent=("Trang chủ", "Đăng nhập"))


def single_page_app() -> PressPage:
    """Names made by a program, nothing to go by but the text; the title in the head alone says which line it is."""
    body = f"""<div id="__next"><div class="css-1x2"><div class="css-a9">{MENU}</div><div class="css-b7"><div class="css-t1">{TITLE}
    </div><div class="css-q2">08/06/2024</div><div class="css-p0">{LEAD}</div>{"".join(f'<div class="css-p0">{w}</div>' for w in BODY)}
    </div><div class="css-z3">{OTHERS}</div></div></div>"""
    return PressPage("single-page-app", page(og(), body), (TITLE, "08/06/2024", LEAD, *BODY), absent=("Trang chủ", "nhà máy"))


def cards_of_articles() -> PressPage:
    """Teasers are article elements too, each with a heading and a passage of prose."""
    cards = "".join(
        f'<article class="card"><h3><a href="/{i}">{name}</a></h3><p>Đoạn giới thiệu số {i} của một bài khác, đủ dài để trông như '
        "văn bản của bài chính nhưng không phải là bài chính.</p></article>"
        for i, name in enumerate(("Giá cà phê lên mức cao nhất từ đầu năm", "Bão số 2 đổi hướng trong đêm"))
    )
    body = f"""<nav>{MENU}</nav><article class="post"><h1>{TITLE}</h1><p class="sapo">{LEAD}</p>{paragraphs(*BODY)}</article>
    <section class="more">{cards}</section><footer>{FOOT}</footer>"""
    return PressPage("cards-of-articles", page(og(), body), ALL, absent=("Trang chủ", "Giấy phép số 12", "bài khác"))


def comments_longer_than_the_article() -> PressPage:
    comments = paragraphs(
        *(f"Ý kiến thứ {i}: tôi cho rằng tuyến đường này cần làm nhanh hơn nữa vì bà con chờ đã quá lâu rồi." for i in range(30))
    )
    body = f"""<nav>{MENU}</nav><div class="article-content"><h1>{TITLE}</h1><p>{LEAD}</p>{paragraphs(*BODY)}</div>
    <div class="binh-luan">{comments}</div>"""
    return PressPage("long-comments", page(og(), body), ALL, absent=("Trang chủ",))


def fragment() -> PressPage:
    """A bare body as a content system stores it."""
    return PressPage(
        "fragment",
        f"<p><strong>{LEAD}</strong></p>\n<p>&nbsp;</p>\n{paragraphs(*BODY)}",
        (LEAD, *BODY),
        absent=(),
        published=None,
        publisher=None,
        url=None,
    )


PAGES = tuple(
    make()
    for make in (
        national_daily, schema_org, portal_of_tables, sharepoint, liferay, wordpress, cut_by_advertisement, lines_by_breaks,
        entities, unclosed, hidden_until_shown, single_page_app, cards_of_articles, comments_longer_than_the_article, fragment,
    )
)  # fmt: skip
