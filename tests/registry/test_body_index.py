"""Mentions, days and places on one side, bodies or reasons on the other; the successions of 2025; what is refused."""

from __future__ import annotations

import datetime
import importlib.resources
import json
import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LexiconError
from pipeline.lexicon import read_text
from pipeline.lexicon.bodies import CENTRAL, LOCAL, MENTIONS, PLACES, Body, LocalType, build_register, load_register
from pipeline.lexicon.bodies.lineage import Lineage
from pipeline.registry import body_index
from pipeline.registry.body_index import BodyIndex, load_body_index, words_of

REASONS = {
    "GROUP": body_index.GROUP, "UNKNOWN": body_index.UNKNOWN, "PLACE": body_index.PLACE_ALONE,
    "NO_LEVEL": body_index.NO_LEVEL, "NO_PLACE": body_index.NO_PLACE, "LOWER": body_index.LOWER_LEVEL,
    "NOT_HERE": body_index.NOT_HERE,
}  # fmt: skip

# mention | day | the report's province | id; a REASON; or "id: words of the reason"
TABLE = """
Bộ Tài chính | 2023-06-08 | | bo-tai-chinh
bộ Tài Chính | 2025-06-08 | | bo-tai-chinh
BTC | 2025-06-08 | | bo-tai-chinh
Bộ Công thương | 2019-06-26 | | bo-cong-thuong
bộ Công Thương | 2025-11-16 | | bo-cong-thuong
BCT | 2024-01-01 | | two candidates: Bộ Chính trị, Bộ Công Thương
TTCP | 2024-01-01 | | two candidates: Thanh tra Chính phủ, Thủ tướng Chính phủ
VNA | 2024-01-01 | | two candidates: Thông tấn xã Việt Nam, Tổng công ty Hàng không Việt Nam
Bộ KH&ĐT | 2024-01-01 | | bo-ke-hoach-va-dau-tu
Bộ KH & ĐT | 2024-01-01 | | bo-ke-hoach-va-dau-tu
Bộ KH - ĐT | 2024-01-01 | | bo-ke-hoach-va-dau-tu
Bộ Kế hoạch - Đầu tư | 2017-02-23 | | bo-ke-hoach-va-dau-tu
Bộ Kế hoạch – đầu tư | 2017-02-23 | | bo-ke-hoach-va-dau-tu
BKHĐT | 2025-02-28 | | bo-ke-hoach-va-dau-tu
BKHĐT | 2025-03-01 | | bo-ke-hoach-va-dau-tu: dissolved 2025-02-28; succeeded by Bộ Tài chính
Bộ TN-MT | 2018-02-21 | | bo-tai-nguyen-va-moi-truong
bộ TN - MT | 2018-02-21 | | bo-tai-nguyen-va-moi-truong
BTNMT | 2018-02-21 | | bo-tai-nguyen-va-moi-truong
Bộ Tài nguyên & Môi trường | 2026-01-01 | | bo-tai-nguyen-va-moi-truong: succeeded by Bộ Nông nghiệp và Môi trường
Bộ NN&PTNT | 2019-03-01 | | bo-nong-nghiep-va-phat-trien-nong-thon
Bộ Nông nghiệp & PTNT | 2019-03-01 | | bo-nong-nghiep-va-phat-trien-nong-thon
Bộ Nông nghiệp | 2014-11-07 | | bo-nong-nghiep-va-phat-trien-nong-thon
Bộ Nông nghiệp | 2025-11-07 | | bo-nong-nghiep-va-moi-truong
Bộ Nông nghiệp | | | two candidates: Bộ Nông nghiệp và Môi trường, Bộ Nông nghiệp và Phát triển nông thôn
Bộ NN&MT | 2025-03-01 | | bo-nong-nghiep-va-moi-truong
Bộ Nông nghiệp và Môi trường | 2025-02-28 | | was not founded until 2025-03-01
Bộ Nông nghiệp và Môi trường | | | bo-nong-nghiep-va-moi-truong
Bộ GTVT | 2018-10-16 | | bo-giao-thong-van-tai
bộ GTVT | 2018-10-16 | | bo-giao-thong-van-tai
Bộ Giao thông – Vận tải | 2015-01-08 | | bo-giao-thong-van-tai
Bộ GTVT | 2025-07-09 | | bo-giao-thong-van-tai: dissolved 2025-02-28; succeeded by Bộ Xây dựng
Bộ TT&TT | 2022-01-01 | | bo-thong-tin-va-truyen-thong
Bộ Thông tin - Truyền thông | 2022-01-01 | | bo-thong-tin-va-truyen-thong
Bộ LĐ-TB&XH | 2022-01-01 | | bo-lao-dong-thuong-binh-va-xa-hoi
Bộ Lao động, Thương binh và Xã hội | 2022-01-01 | | bo-lao-dong-thuong-binh-va-xa-hoi
Ủy ban Dân tộc | 2024-05-01 | | uy-ban-dan-toc
UBDT | 2026-05-01 | | uy-ban-dan-toc: succeeded by Bộ Dân tộc và Tôn giáo
Bộ Dân tộc và Tôn giáo | 2025-05-01 | | bo-dan-toc-va-ton-giao
Bộ Văn hoá, Thể thao và Du lịch | 2025-11-16 | | bo-van-hoa-the-thao-va-du-lich
Bộ VH-TT&DL | 2025-11-16 | | bo-van-hoa-the-thao-va-du-lich
Bộ VHTT&DL | 2019-11-16 | | bo-van-hoa-the-thao-va-du-lich
Bộ Khoa học & Công nghệ | 2025-07-09 | | bo-khoa-hoc-va-cong-nghe
Bộ GD-ĐT | 2025-07-09 | | bo-giao-duc-va-dao-tao
BGDĐT | 2025-07-09 | | bo-giao-duc-va-dao-tao
Văn phòng Chính phủ | 2025-11-16 | | van-phong-chinh-phu
VPCP | | | van-phong-chinh-phu
NHNN | 2019-08-15 | | ngan-hang-nha-nuoc-viet-nam
Thanh tra Chính phủ | 2017-02-23 | | thanh-tra-chinh-phu
Chính phủ | 2019-03-01 | | chinh-phu
Thủ tướng | 2019-01-12 | | thu-tuong-chinh-phu
Uỷ ban Thường vụ Quốc hội | 2019-08-15 | | uy-ban-thuong-vu-quoc-hoi
UBTVQH | | | uy-ban-thuong-vu-quoc-hoi
Ủy ban Đối ngoại | 2019-08-15 | | uy-ban-doi-ngoai-quoc-hoi
Ủy ban Kinh tế của Quốc hội | 2025-05-15 | | uy-ban-kinh-te-quoc-hoi: succeeded by Ủy ban Kinh tế và Tài chính
Ủy ban Kinh tế và Tài chính | 2025-05-15 | | uy-ban-kinh-te-va-tai-chinh
Ban Dân nguyện | 2025-05-15 | | ban-dan-nguyen: succeeded by Ủy ban Dân nguyện và Giám sát
Ủy ban về các vấn đề xã hội | 2019-05-15 | | uy-ban-xa-hoi
Uỷ ban Kiểm tra trung ương | 2017-09-26 | | uy-ban-kiem-tra-trung-uong
Ban Tổ chức TƯ | 2017-09-26 | | ban-to-chuc-trung-uong
Ban Nội chính Trung ương | 2017-02-23 | | ban-noi-chinh-trung-uong
Ban Tuyên giáo Trung ương | 2024-02-23 | | ban-tuyen-giao-trung-uong
Ban Tuyên giáo Trung ương | 2025-03-23 | | ban-tuyen-giao-trung-uong: succeeded by Ban Tuyên giáo và Dân vận Trung ương
Ban Kinh tế Trung ương | 2025-03-23 | | ban-kinh-te-trung-uong: succeeded by Ban Chính sách, chiến lược Trung ương
Kiểm toán Nhà nước | 2024-01-01 | | kiem-toan-nha-nuoc
TANDTC | 2024-01-01 | | toa-an-nhan-dan-toi-cao
Viện kiểm sát nhân dân tối cao | 2024-01-01 | | vien-kiem-sat-nhan-dan-toi-cao
VTV | 2025-11-16 | | dai-truyen-hinh-viet-nam
Thông tấn xã Việt Nam | 2025-11-16 | | thong-tan-xa-viet-nam
BHXH Việt Nam | 2024-11-16 | | bao-hiem-xa-hoi-viet-nam
Ủy ban Quản lý vốn nhà nước tại doanh nghiệp | 2025-06-01 | | uy-ban-quan-ly-von-nha-nuoc: succeeded by Bộ Tài chính
Tổng cục Thuế | 2019-06-26 | | tong-cuc-thue
Tổng cục Thuế | 2025-06-26 | | tong-cuc-thue: dissolved 2025-02-28; succeeded by Cục Thuế
Tổng cục Hải quan | 2019-06-26 | | tong-cuc-hai-quan
Tổng cục Quản lý thị trường | 2019-06-26 | | tong-cuc-quan-ly-thi-truong
Cục Hàng không | 2019-03-25 | | cuc-hang-khong-viet-nam
Tổng cục Đường bộ Việt Nam | 2024-03-25 | | tong-cuc-duong-bo-viet-nam: succeeded by Cục Đường bộ Việt Nam
Cục CSGT | 2024-03-25 | | cuc-canh-sat-giao-thong
Ủy ban ATGT Quốc gia | 2024-03-25 | | uy-ban-an-toan-giao-thong-quoc-gia
Văn phòng Ban chỉ đạo phòng thủ dân sự quốc gia | 2025-11-16 | | van-phong-ban-chi-dao-phong-thu-dan-su-quoc-gia
Ban Chỉ đạo Trung ương về phòng chống thiên tai | 2018-11-16 | | ban-chi-dao-quoc-gia-phong-chong-thien-tai
Ban chỉ đạo đổi mới - phát triển doanh nghiệp | 2017-02-23 | | ban-chi-dao-doi-moi-va-phat-trien-doanh-nghiep
văn phòng thường trực Ban chỉ đạo 389 quốc gia | 2019-06-26 | | van-phong-thuong-truc-ban-chi-dao-389-quoc-gia
MTTQ Việt Nam | 2024-01-01 | | uy-ban-trung-uong-mat-tran-to-quoc
Tổng LĐLĐ Việt Nam | 2024-01-01 | | tong-lien-doan-lao-dong-viet-nam
Tập đoàn Dầu khí Việt Nam | 2018-01-01 | | pvn
Petrovietnam | 2025-11-22 | | pvn
Tập đoàn Công nghiệp - Viễn thông Quân đội | 2025-11-22 | | viettel
VEC | 2018-10-16 | | vec
Tập đoàn Điện lực Việt Nam (EVN) | 2018-10-16 | | evn
Tổng công ty Hàng không Việt Nam | 2019-03-25 | | vietnam-airlines
Tổng công ty Hàng không Việt Nam (ACV) | 2019-03-25 | | two candidates: Tổng công ty Hàng không
Trung tâm Điều độ hệ thống điện quốc gia | 2025-01-01 | | a0: dissolved 2024-07-31
Ban Chỉ đạo Quốc gia phòng, chống dịch COVID-19 | 2024-01-01 | | dissolved 2023-10-29; no successor recorded
Sở Y tế Bến Tre | 2023-06-08 | | so-y-te--ben-tre
Sở Y tế tỉnh Bến Tre | 2023-06-08 | | so-y-te--ben-tre
sở y tế bến tre | 2023-06-08 | vinh-long | so-y-te--ben-tre
Sở Y tế | 2023-06-08 | ben-tre | so-y-te--ben-tre
Sở Y tế tỉnh | 2023-06-08 | ben-tre | so-y-te--ben-tre
Sở Y tế của tỉnh | 2023-06-08 | ben-tre | so-y-te--ben-tre
Sở Y tế | 2023-06-08 | | NO_PLACE
Sở Y tế Bến Tre | 2025-07-01 | | so-y-te--ben-tre: dissolved 2025-06-30; succeeded by Sở Y tế tỉnh Vĩnh Long
Sở Y tế Hoà Bình | 2023-06-08 | | so-y-te--hoa-binh
Sở Y tế Đắc Lắc | 2023-06-08 | | so-y-te--dak-lak
Sở Y tế Đăk Lăk | 2023-06-08 | | so-y-te--dak-lak
Sở Y tế tỉnh DakLak | 2023-06-08 | | so-y-te--dak-lak
Sở Y tế BR-VT | 2023-06-08 | | so-y-te--ba-ria-vung-tau
Sở Y tế tỉnh Bà Rịa – Vũng Tàu | 2023-06-08 | | so-y-te--ba-ria-vung-tau
Sở GD&ĐT TP.HCM | 2023-06-08 | | so-giao-duc-va-dao-tao--ho-chi-minh
Sở GD-ĐT TP. HCM | 2023-06-08 | | so-giao-duc-va-dao-tao--ho-chi-minh
Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh | 2026-01-01 | | so-giao-duc-va-dao-tao--ho-chi-minh
Sở Công thương TP | 2019-06-26 | ho-chi-minh | so-cong-thuong--ho-chi-minh
Sở Công thương TP | 2019-06-26 | | NO_PLACE
Sở Công thương TP | 2019-06-26 | ben-tre | NOT_HERE
Sở Kế hoạch - đầu tư | 2018-04-10 | thanh-hoa | so-ke-hoach-va-dau-tu--thanh-hoa
Sở KH&ĐT | 2025-04-10 | thanh-hoa | so-ke-hoach-va-dau-tu--thanh-hoa: succeeded by Sở Tài chính tỉnh Thanh Hóa
Sở KH&ĐT Bến Tre | 2025-08-10 | | so-ke-hoach-va-dau-tu--ben-tre: succeeded by Sở Tài chính tỉnh Vĩnh Long
Sở GTVT | 2025-04-10 | ha-noi | so-giao-thong-van-tai--ha-noi: succeeded by Sở Xây dựng thành phố Hà Nội
Sở TN&MT Long An | 2025-04-10 | | succeeded by Sở Nông nghiệp và Môi trường tỉnh Long An
Sở LĐ-TB&XH | 2025-04-10 | ca-mau | so-lao-dong-thuong-binh-va-xa-hoi--ca-mau: succeeded by Sở Nội vụ tỉnh Cà Mau
Sở TT&TT | 2025-04-10 | ca-mau | succeeded by Sở Khoa học và Công nghệ tỉnh Cà Mau
Sở Nông nghiệp và Môi trường | 2025-11-25 | quang-tri | so-nong-nghiep-va-moi-truong--quang-tri
Sở Nông nghiệp và Môi trường | 2025-01-25 | quang-tri | was not founded until 2025-03-01
Sở Nông nghiệp | 2023-01-25 | quang-tri | so-nong-nghiep-va-phat-trien-nong-thon--quang-tri
Sở Nông nghiệp | 2025-08-25 | quang-tri | so-nong-nghiep-va-moi-truong--quang-tri
Ban Dân tộc tỉnh | 2025-04-10 | son-la | succeeded by Sở Dân tộc và Tôn giáo tỉnh Sơn La
UBND tỉnh | 2023-06-08 | ben-tre | ubnd-tinh--ben-tre
Ủy ban nhân dân tỉnh | 2025-11-25 | quang-tri | ubnd-tinh--quang-tri
Uỷ ban nhân dân tỉnh Thanh Hoá | 2018-04-10 | | ubnd-tinh--thanh-hoa
UBND tỉnh Hà Giang | 2018-01-06 | | ubnd-tinh--ha-giang
UBND tỉnh Hà Giang | 2025-09-06 | | ubnd-tinh--ha-giang: succeeded by Ủy ban nhân dân tỉnh Tuyên Quang
UBND TP. HCM | 2019-01-12 | | ubnd-tinh--ho-chi-minh
UBND TPHCM | 2025-07-10 | | ubnd-tinh--ho-chi-minh
UBND TP Đà Nẵng | 2018-06-12 | | ubnd-tinh--da-nang
UBND thành phố | 2018-06-12 | da-nang | ubnd-tinh--da-nang
UBND thành phố | 2018-06-12 | ben-tre | LOWER
UBND tỉnh | 2018-06-12 | da-nang | NOT_HERE
UBND tỉnh | 2018-06-12 | | NO_PLACE
UBND | 2018-06-12 | da-nang | NO_LEVEL
UBND TP. Thái Nguyên | 2022-11-16 | thai-nguyen | LOWER
UBND quận Ngũ Hành Sơn | 2018-06-12 | da-nang | LOWER
UBND phường Mỹ An | 2018-06-12 | da-nang | LOWER
huyện Vân Canh | 2018-06-12 | | LOWER
Phòng tư pháp | 2018-06-12 | da-nang | LOWER
Huyện ủy Cai Lậy | 2018-06-12 | tien-giang | LOWER
UBND tỉnh Thừa Thiên Huế | 2022-09-06 | | ubnd-tinh--thua-thien-hue
UBND tỉnh Thừa Thiên - Huế | 2022-09-06 | | ubnd-tinh--thua-thien-hue
UBND tỉnh Thừa Thiên Huế | 2025-02-06 | | succeeded by Ủy ban nhân dân thành phố Huế
UBND TP Huế | 2022-09-06 | | LOWER
UBND TP Huế | 2025-01-01 | | ubnd-tinh--hue
UBND tỉnh Đồng Nai | 2026-04-29 | | ubnd-tinh--dong-nai
UBND tỉnh Đồng Nai | 2026-04-30 | | ubnd-tinh--dong-nai: so called until 2026-04-29
UBND thành phố Đồng Nai | 2026-04-30 | | ubnd-tinh--dong-nai
UBND thành phố | 2026-08-31 | quang-ninh | LOWER
UBND thành phố | 2026-09-01 | quang-ninh | ubnd-tinh--quang-ninh
UBND tỉnh | 2026-09-19 | bac-ninh | ubnd-tinh--bac-ninh
UBND TP Bắc Ninh | 2026-09-20 | | ubnd-tinh--bac-ninh
UBND TP Bắc Ninh | 2024-09-20 | | LOWER
Tỉnh ủy | 2023-06-08 | ben-tre | tinh-uy--ben-tre
Tỉnh uỷ Gia Lai | 2017-09-26 | | tinh-uy--gia-lai
Thành uỷ TP. HCM | 2017-09-26 | | thanh-uy--ho-chi-minh
Tỉnh ủy Quảng Nam | 2025-08-01 | | tinh-uy--quang-nam: succeeded by Thành ủy Đà Nẵng
Thành ủy | 2026-05-01 | dong-nai | thanh-uy--dong-nai
Tỉnh ủy Đồng Nai | 2026-05-01 | | tinh-uy--dong-nai: succeeded by Thành ủy Đồng Nai
Thường trực Tỉnh ủy | 2025-11-22 | thanh-hoa | thuong-truc-tinh-uy--thanh-hoa
Ban Thường vụ Thành ủy Hà Nội | 2024-11-22 | | ban-thuong-vu-tinh-uy--ha-noi
Ban Thường vụ Thành ủy | 2024-11-22 | thanh-hoa | NOT_HERE
Ban Tuyên giáo Tỉnh ủy | 2025-03-22 | thanh-hoa | succeeded by Ban Tuyên giáo và Dân vận Tỉnh ủy Thanh Hóa
Đảng ủy Quân sự tỉnh Phú Thọ | 2023-06-22 | | dang-uy-quan-su-tinh--phu-tho
HĐND tỉnh | 2023-06-22 | phu-tho | hdnd-tinh--phu-tho
đoàn đại biểu Quốc hội thành phố Hà Nội | 2015-10-12 | | doan-dai-bieu-quoc-hoi--ha-noi
Công an TP.HCM | 2019-10-12 | | cong-an-tinh--ho-chi-minh
Công an tỉnh | 2025-11-25 | quang-tri | cong-an-tinh--quang-tri
Công an | 2025-11-25 | quang-tri | NO_LEVEL
Công an Hà Nội | 2025-11-25 | | cong-an-tinh--ha-noi
Bộ CHQS tỉnh | 2023-06-22 | phu-tho | bo-chi-huy-quan-su-tinh--phu-tho
TAND tỉnh Điện Biên | 2017-10-24 | | tand-tinh--dien-bien
Cục Thuế | 2024-01-01 | ben-tre | cuc-thue-tinh--ben-tre
Cục Thuế | 2024-01-01 | | NO_PLACE
Cục Thuế | 2025-05-01 | ben-tre | cuc-thue
Cục Hải quan TP | 2019-06-26 | ho-chi-minh | cuc-hai-quan-tinh--ho-chi-minh
Cục Quản lý thị trường TP. HCM | 2019-06-26 | | cuc-quan-ly-thi-truong-tinh--ho-chi-minh
Ban chỉ đạo (BCĐ) chuyển đổi số (CĐS) của tỉnh | 2023-06-08 | ben-tre | ban-chi-dao-chuyen-doi-so-tinh--ben-tre
Văn phòng BCH PCTT và TKCN tỉnh | 2022-09-06 | thua-thien-hue | van-phong-ban-chi-huy-pctt-tkcn-tinh--thua-thien-hue
TP. HCM | 2019-01-12 | | chinh-quyen--ho-chi-minh
tỉnh Đồng Nai | 2019-03-25 | | chinh-quyen--dong-nai
tỉnh | 2019-03-25 | dong-nai | chinh-quyen--dong-nai
Quảng Trị | 2016-12-31 | | PLACE
Thừa Thiên - Huế | 2016-12-31 | ha-noi | PLACE
các sở | 2023-06-08 | ben-tre | GROUP
Các bộ, ngành | 2023-06-08 | | GROUP
UBND các huyện | 2023-06-08 | ben-tre | GROUP
Ủy ban nhân dân các xã, phường, đặc khu Cồn Cỏ | 2025-11-25 | quang-tri | GROUP
Chủ tịch Ủy ban nhân dân các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa | 2025-11-16 | | GROUP
Ban Chỉ huy PCTT và TKCN các huyện, thị xã và thành phố Huế | 2022-09-06 | thua-thien-hue | GROUP
Ủy ban nhân dân cấp xã | 2025-11-25 | quang-tri | GROUP
một số bộ ngành liên quan | 2017-01-01 | | GROUP
địa phương | 2017-01-01 | | GROUP
thuộc Bến Tre | 2017-01-01 | | UNKNOWN
chính quyền Bến Tre | 2017-01-01 | | chinh-quyen--ben-tre
cơ quan liên quan của Bộ Tài chính | 2017-01-01 | | GROUP
chủ đầu tư BOT | 2017-01-01 | | GROUP
ông Phạm Dũng | 2014-11-07 | | UNKNOWN
Tổng công ty Becamex IDC | 2025-07-10 | | UNKNOWN
 | 2025-07-10 | | UNKNOWN
"""


def rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()]


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", rows(), ids=lambda row: "/".join(row[:3]))
def test_identify(row: list[str]) -> None:
    mention, on, place, expected = row
    found = load_body_index().identify(mention, on=day(on), place=place or None)
    if expected in REASONS:
        assert (found.id, found.reason) == (None, REASONS[expected])
        return
    id, colon, words = expected.partition(": ")
    if " " in id:
        assert expected in (found.reason or "")
    else:
        assert found.id == id and (words in (found.reason or "") if colon else found.reason is None)
        assert found.name


def test_table_is_long_enough() -> None:
    assert len(rows()) >= 150 and len({tuple(row[:3]) for row in rows()}) == len(rows())


MINISTRIES = {
    "bo-ke-hoach-va-dau-tu": "bo-tai-chinh",
    "bo-giao-thong-van-tai": "bo-xay-dung",
    "bo-tai-nguyen-va-moi-truong": "bo-nong-nghiep-va-moi-truong",
    "bo-nong-nghiep-va-phat-trien-nong-thon": "bo-nong-nghiep-va-moi-truong",
    "bo-thong-tin-va-truyen-thong": "bo-khoa-hoc-va-cong-nghe",
    "bo-lao-dong-thuong-binh-va-xa-hoi": "bo-noi-vu",
    "uy-ban-dan-toc": "bo-dan-toc-va-ton-giao",
}


@pytest.mark.parametrize(("old", "new"), MINISTRIES.items())
def test_ministries_of_2025(old: str, new: str) -> None:
    index = load_body_index()
    assert index.successors(old, datetime.date(2025, 2, 28)) == ()
    assert index.successors(old, datetime.date(2025, 3, 1))[0] == new
    assert index.successors(old, None)[0] == new
    assert {old, new} <= {chapter.id for chapter in index.history(new)}


def test_count_of_ministries_before_and_since() -> None:
    def count(on: datetime.date) -> tuple[int, int]:
        kinds = [body.kind for body in load_register().bodies if body.window.covers(on)]
        return kinds.count("ministry"), kinds.count("ministerial-agency")

    assert count(datetime.date(2025, 2, 28)) == (18, 4)
    assert count(datetime.date(2025, 3, 1)) == (14, 3)


@pytest.mark.parametrize(
    ("id", "on", "heirs"),
    [
        ("so-ke-hoach-va-dau-tu--ben-tre", "2025-02-28", ()),
        ("so-ke-hoach-va-dau-tu--ben-tre", "2025-03-01", ("so-tai-chinh--ben-tre",)),
        ("so-ke-hoach-va-dau-tu--ben-tre", "2025-07-01", ("so-tai-chinh--vinh-long",)),
        ("so-y-te--vinh-long", "2025-07-01", ()),
        ("tinh-uy--hai-duong", "2025-07-01", ("thanh-uy--hai-phong",)),
        ("tinh-uy--thua-thien-hue", "2025-07-01", ("thanh-uy--hue",)),
        ("tinh-uy--binh-phuoc", "2026-05-01", ("thanh-uy--dong-nai",)),
        ("cuc-thue-tinh--ben-tre", "2025-05-01", ()),
        ("cuc-thue-tinh--ben-tre", "2025-07-01", ("thue-tinh--vinh-long",)),
        ("tong-cuc-moi-truong", "2025-07-01", ("cuc-moi-truong",)),
        ("bo-nong-nghiep-va-moi-truong", "2020-01-01", ()),
    ],
)
def test_successors(id: str, on: str, heirs: tuple[str, ...]) -> None:
    assert load_body_index().successors(id, day(on)) == heirs


def test_history_is_the_chain_oldest_first() -> None:
    chain = load_body_index().history("so-tai-chinh--ben-tre")
    assert [chapter.id for chapter in chain] == [
        "so-ke-hoach-va-dau-tu--ben-tre", "so-tai-chinh--ben-tre", "so-tai-chinh--vinh-long",
    ]  # fmt: skip
    assert chain[0].valid_to == datetime.date(2025, 2, 28) and chain[-1].valid_to is None
    assert [chapter.name for chapter in chain][1] == "Sở Tài chính tỉnh Bến Tre"


# --- the 63 and the 34

MERGERS = """
01 01|04 04|08 02 08|11 11|12 12|14 14|15 15 10|19 06 19|20 20|22 22|24 24 27|25 26 17 25|31 30 31|33 34 33|37 35 36 37
38 38|44 44 45|48 49 48|51 62 51|52 52 64|56 58 56|66 54 66|68 67 60 68|75 70 75|79 79 77 74|80 80 72|82 82 87
86 83 84 86|91 91 89|92 94 93 92|96 95 96|40 40|42 42|46 46
"""
OLD_DAY, NEW_DAY = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


def units_on(on: datetime.date) -> dict[str, str]:
    """Place ids by code on a day."""
    found = [(p.code, place.id) for place in load_register().places for p in place.period if p.window.covers(on)]
    assert len(dict(found)) == len(found)
    return dict(found)


def test_counts_of_units() -> None:
    assert len(units_on(OLD_DAY)) == 63 and len(units_on(NEW_DAY)) == 34

    def kinds(on: datetime.date) -> list[str]:
        return [p.unit for place in load_register().places for p in place.period if p.window.covers(on)]

    assert [kinds(d).count("thanh-pho") for d in (OLD_DAY, NEW_DAY, datetime.date(2026, 9, 20))] == [6, 6, 9]


@pytest.mark.parametrize("merger", MERGERS.strip().replace("\n", "|").split("|"))
def test_merger(merger: str) -> None:
    new, *olds = merger.split()
    old, lineage = units_on(OLD_DAY), Lineage(load_register())
    for code in olds:
        assert lineage.places_on(old[code], NEW_DAY) == (units_on(NEW_DAY)[new],)


def test_mergers_cover_all_old_units() -> None:
    olds = [code for merger in MERGERS.strip().replace("\n", "|").split("|") for code in merger.split()[1:]]
    assert sorted(olds) == sorted(units_on(OLD_DAY)) and len(olds) == 63


def test_units_agree_with_underthesea() -> None:
    pytest.importorskip("underthesea")
    source = importlib.resources.files("underthesea").joinpath("address/data/mapping.json")
    mapping = json.loads(source.read_text(encoding="utf-8"))
    lineage, names = Lineage(load_register()), {place.id: place.name for place in load_register().places}
    for key, old in mapping["old_province_names"].items():
        place, new = units_on(OLD_DAY)[old["code"]], mapping["province_names"][mapping["province_mapping"][key]]
        assert names[place] == old["short"]
        (heir,) = lineage.places_on(place, NEW_DAY)
        assert (names[heir], units_on(NEW_DAY)[new["code"]]) == (new["short"], heir)


@pytest.mark.parametrize(
    ("text", "on", "place"),
    [
        ("Bến Tre: Đẩy nhanh tiến độ\n\nNgày 7-6-2023, UBND tỉnh họp.", "2023-06-08", "ben-tre"),
        ("Bến Tre: Đẩy nhanh tiến độ", "2025-08-08", "vinh-long"),
        ("UBND tỉnh Thanh Hóa họp. Tỉnh ủy Thanh Hóa yêu cầu.", "2025-08-08", "thanh-hoa"),
        ("Sở Y tế Bến Tre và Công an Bến Tre", None, "ben-tre"),
        ("TP.HCM: họp. Tỉnh Đồng Nai, tỉnh Đồng Nai, tỉnh Đồng Nai, tỉnh Đồng Nai.", "2020-01-01", None),
        ("Các tỉnh Hà Tĩnh, Quảng Trị, Huế và các tỉnh Hà Tĩnh", "2020-01-01", None),
        ("Hòa Bình và Bình Thuận, hòa bình, hòa bình", "2020-01-01", None),
        ("UBND TP. Thái Nguyên và TP Thái Nguyên", "2020-01-01", None),
        ("Thanh Hóa, ngày 3 tháng 9 năm 2022", "2022-09-03", "thanh-hoa"),
        ("*Hà Nội, ngày 22\ntháng 11 năm 2025*", "2025-11-22", None),
        ("Thủ tướng thăm tỉnh Đồng Nai", "2020-01-01", None),
        ("", None, None),
    ],
)
def test_find_place(text: str, on: str | None, place: str | None) -> None:
    assert load_body_index().find_place(text, on=day(on or "")) == place


def test_names_are_there_for_the_extraction() -> None:
    index = load_body_index()
    names, places = set(index.names()), set(index.place_names())
    assert {
        ("Bộ KH&ĐT", "bo-ke-hoach-va-dau-tu"),
        ("Sở Y tế", "so-y-te"),
        ("Ban Tổ chức Thành ủy", "ban-to-chuc-tinh-uy"),
    } <= names
    assert {("Bến Tre", "ben-tre"), ("tỉnh Bến Tre", "ben-tre"), ("TPHCM", "ho-chi-minh")} <= places
    assert all(text.strip() for text, _ in names | places)


# --- what the loader refuses

FILES = {name: read_text(f"bodies/{name}") for name in (CENTRAL, LOCAL, PLACES, MENTIONS)}
BODY = '\n[[body]]\nid = "x"\nname = "Cơ quan X"\nkind = "ministry"\nsource = "test"\n'
TYPE = '\n[[type]]\nid = "x"\nname = "Sở X {unit}"\nlevel = "province"\nkind = "y"\nsource = "test"\n'
PLACE = '\n[[place]]\nid = "x"\nname = "X"\n[[place.period]]\ncode = "99"\nunit = "tinh"\nsource = "test"\n'


@pytest.mark.parametrize(
    ("file", "added", "problem"),
    [
        (CENTRAL, BODY + 'colour = "red"\n', "colour"),
        (CENTRAL, BODY.replace('source = "test"\n', ""), "source"),
        (CENTRAL, BODY + BODY, "used twice"),
        (CENTRAL, BODY.replace('"x"', '"Cơ-quan"'), "ASCII"),
        (CENTRAL, BODY + 'succeeded_by = ["atlantis"]\n', "'atlantis'"),
        (CENTRAL, BODY + 'succeeded_by = ["x"]\n', "succeeds itself"),
        (CENTRAL, BODY + 'parent = "atlantis"\n', "'atlantis'"),
        (CENTRAL, BODY + "valid_from = 2025-03-01\nvalid_to = 2025-02-28\n", "before valid_from"),
        (CENTRAL, BODY + 'valid_from = "2025-03-01"x', "line"),
        (CENTRAL, unicodedata.normalize("NFD", BODY), "NFC"),
        (CENTRAL, BODY + 'aliases = ["bộ tài chính"]\n', "claimed by"),
        (CENTRAL, BODY + 'aliases = [{text = "BCT"}]\n', "claimed by"),
        (CENTRAL, BODY + 'aliases = ["Sở Y tế"]\n', "claimed by"),
        (LOCAL, TYPE.replace(" {unit}", ""), "no slot"),
        (LOCAL, TYPE + 'succeeded_by = ["atlantis"]\n', "'atlantis'"),
        (LOCAL, TYPE + 'unit = "atlantis"\n', "'atlantis'"),
        (LOCAL, TYPE + 'aliases = ["Sở Y tế {unit}"]\n', "claimed by"),
        (LOCAL, TYPE.replace('"province"', '"planet"'), "planet"),
        (PLACES, PLACE + 'formed_from = ["atlantis"]\n', "'atlantis'"),
        (PLACES, PLACE.replace('"x"', '"ben-tre"'), "used twice"),
        (PLACES, PLACE + '[[place.period]]\ncode = "98"\nunit = "tinh"\nsource = "test"\n', "share a day"),
    ],
)
def test_refuses(file: str, added: str, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem) as caught:
        BodyIndex(build_register({**FILES, file: FILES[file] + added}))
    assert caught.value.where.startswith("lexicon/bodies") and caught.value.remedy


@pytest.mark.parametrize(
    "added",
    [
        BODY,
        BODY + 'aliases = [{text = "BCT", ambiguous = true}]\n',
        BODY + 'aliases = ["Bộ Kế hoạch và Đầu tư"]\nvalid_from = 2025-03-01\n',
        BODY + 'aliases = [{text = "Bộ Giao thông", valid_from = 2026-01-01}]\n',
    ],
)
def test_accepts(added: str) -> None:
    BodyIndex(build_register({**FILES, CENTRAL: FILES[CENTRAL] + added}))


def test_unknown_ids_are_errors() -> None:
    with pytest.raises(KeyError):
        load_body_index().identify("UBND tỉnh", on=None, place="atlantis")
    for id in ("atlantis", "so-y-te--atlantis", "atlantis--ben-tre"):
        with pytest.raises(KeyError):
            load_body_index().successors(id, None)
        with pytest.raises(KeyError):
            load_body_index().history(id)


def test_every_entry_has_source_and_no_cycle() -> None:
    register, index = load_register(), load_body_index()
    for body in register.bodies:
        assert body.source and body.id not in index.successors(body.id, None)
        assert body.valid_to is None or not body.succeeded_by or index.successors(body.id, None)
    assert tomllib.loads(FILES[CENTRAL])["body"]


# --- properties

BODIES = st.sampled_from(load_register().bodies)
PROVINCES = st.sampled_from([place.id for place in load_register().places])
DAYS = st.dates(datetime.date(2005, 1, 1), datetime.date(2030, 12, 31))


@given(BODIES, DAYS)
def test_an_official_name_names_its_body_while_it_lasts(body: Body, on: datetime.date) -> None:
    found = load_body_index().identify(body.name, on=on)
    if body.window.covers(on):
        assert (found.id, found.name, found.reason) == (body.id, body.name, None)
    elif found.id:
        assert found.id == body.id and found.name == body.name and found.reason


@given(st.sampled_from([kind for kind in load_register().types if kind.level == "province"]), PROVINCES, DAYS)
def test_a_local_body_is_found_by_its_own_name(kind: LocalType, place: str, on: datetime.date) -> None:
    index, id = load_body_index(), f"{kind.id}--{place}"
    if any(window.covers(on) for window in Lineage(load_register()).windows_of(id)):
        name = index.name_of(id, on=on)
        assert index.identify(name, on=on) == index.identify(name.upper(), on=on)
        assert index.identify(name, on=on).id == id


@given(BODIES.map(lambda body: body.name), DAYS)
def test_case_and_tone_placement_do_not_matter(name: str, on: datetime.date) -> None:
    index = load_body_index()
    moved = name.replace("ủy", "uỷ").replace("hóa", "hoá").replace("Ủy", "Uỷ")
    assert index.identify(name, on=on) == index.identify(moved.lower(), on=on) == index.identify(f" {moved} ", on=on)


@given(st.text(max_size=60), st.none() | DAYS, st.none() | PROVINCES)
def test_any_text_has_an_answer(text: str, on: datetime.date | None, place: str | None) -> None:
    found = load_body_index().identify(text, on=on, place=place)
    assert (found.id is None) == (found.name is None) and (found.id or found.reason)
    load_body_index().find_place(text, on=on)


@given(BODIES, DAYS)
def test_successors_exist_on_the_day(body: Body, on: datetime.date) -> None:
    lineage = Lineage(load_register())
    for heir in lineage.successors(body.id, on):
        assert any(window.covers(on) for window in lineage.windows_of(heir))


def test_words_fold_what_does_not_matter() -> None:
    assert words_of("Bộ KH&ĐT") == words_of("bộ  KH - ĐT") == ("bộ", "kh", "đt")
    assert words_of("Uỷ ban") == words_of("ỦY BAN")
