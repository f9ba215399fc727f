"""An article for tests of copies and versions."""

ARTICLE = """Họp về hạn mặn

Sáng 7/6, Chủ tịch UBND tỉnh Nguyễn Văn Bình chủ trì cuộc họp về phòng chống hạn mặn tại các huyện ven biển của tỉnh.

Theo báo cáo, toàn tỉnh có 1.200 ha lúa bị ảnh hưởng, trong đó 350 ha mất trắng, thiệt hại ước 45 tỷ đồng.

Chủ tịch yêu cầu Sở Y tế phải báo cáo trước 30/6

Các địa phương rà soát, không để hộ dân nào thiếu nước sinh hoạt trong suốt mùa khô năm nay và năm sau.
"""
