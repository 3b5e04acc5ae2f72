"""What applicants of the demo ask for: the answers to the form of each procedure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from api.demo.applicants import citizen, organisation, person_name

_TROUPES = ("Nhà hát Dân ca Nghệ An", "Đoàn Ca múa nhạc miền núi", "Công ty TNHH Truyền thông Sông Lam",
            "Công ty Cổ phần Giải trí Hồng Lam", "Trung tâm Văn hóa tỉnh")  # fmt: skip
_SHOWS = ("Đêm nhạc Về miền Ví Giặm", "Hội diễn Dân ca xứ Nghệ", "Gala Giai điệu quê hương",
          "Chương trình nghệ thuật Cửa Lò vẫy gọi", "Live concert Mùa hoa hướng dương")  # fmt: skip
_STAGES = ("Quảng trường Hồ Chí Minh, thành phố Vinh", "Nhà hát Dân ca, 61 Lê Hồng Phong, Vinh",
           "Quảng trường Bình Minh, Cửa Lò", "Nhà văn hóa Lao động tỉnh")  # fmt: skip
_CLINICS = ("Bệnh viện Đa khoa Cửa Đông", "Bệnh viện Quốc tế Vinh", "Phòng khám Đa khoa Thành An",
            "Trung tâm Y tế huyện Đô Lương", "Nha khoa Hồng Đức")  # fmt: skip
_BUILDERS = ("Công ty Cổ phần Xây dựng 16", "Công ty Cổ phần Đầu tư Trung Đô", "Tổng công ty Hợp Lực",
             "Công ty TNHH Xây dựng Hòa Hiệp")  # fmt: skip
_WORKS = ("Trường Tiểu học Hưng Dũng 1, nhà học 3 tầng", "Chung cư Trung Đô Tower, khối A",
          "Cầu Khe Thần, đường tỉnh 534", "Trung tâm thương mại Maximark Vinh",
          "Kênh tiêu úng vùng Nam Hưng Nghi")  # fmt: skip
_PROJECTS = ("Khai thác đá xây dựng mỏ Lèn Chu", "Trang trại chăn nuôi lợn công nghệ cao Nghĩa Đàn",
             "Nhà máy chế biến gỗ Tân Kỳ", "Khu đô thị sinh thái Nghi Liên")  # fmt: skip
_HAULIERS = ("Hợp tác xã Vận tải Sông Lam", "Công ty TNHH Vận tải Văn Minh", "Hợp tác xã Ô tô Cửa Lò",
             "Công ty Cổ phần Taxi Vạn Xuân")  # fmt: skip
_EVENTS = ("Hội thảo hợp tác nông nghiệp Nghệ An - Xiêng Khoảng", "Hội nghị xúc tiến đầu tư Hàn Quốc",
           "Hội thảo bảo tồn di sản Ví Giặm", "Diễn đàn giáo dục nghề nghiệp Việt - Đức")  # fmt: skip
_HOSTS = ("Trường Đại học Vinh", "Liên hiệp các tổ chức hữu nghị tỉnh", "Ban Quản lý Khu kinh tế Đông Nam",
          "Trường Cao đẳng Kỹ thuật công nghiệp Việt Nam - Hàn Quốc")  # fmt: skip
_PHARMACIES = ("Nhà thuốc Hương Sen", "Quầy thuốc Bình An", "Nhà thuốc Long Châu Lê Nin",
               "Công ty TNHH Dược phẩm Nghệ Tĩnh", "Quầy thuốc Thanh Chương")  # fmt: skip
_PLACES = ("xóm 5, phường Vinh Phú, tỉnh Nghệ An", "khối 3, phường Trường Vinh, tỉnh Nghệ An",
           "xóm Yên Thịnh, phường Vinh Hưng, tỉnh Nghệ An", "bản Cằng, xã Môn Sơn, tỉnh Nghệ An",
           "khối Hải Giang, phường Cửa Lò, tỉnh Nghệ An")  # fmt: skip
# The stand-in of the register knows no valid inspection for plates that end in 999.
_UNINSPECTED = "37B-129.99"
_COMMUNES = ("Ủy ban nhân dân xã Nam Giang, huyện Nam Đàn",
             "Ủy ban nhân dân phường Hưng Bình, thành phố Vinh",
             "Ủy ban nhân dân xã Diễn Kỷ, huyện Diễn Châu")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """An applicant and the answers to the procedure's form."""

    applicant: Mapping[str, Any]
    answers: Mapping[str, Any]


def request_for(code: str, random: Random, today: date, *, in_doubt: bool = False) -> Request:
    """Somebody who applies for the procedure on that day; ``in_doubt``: not to be decided by a machine."""
    request = _REQUESTS[code](random, today)
    if in_doubt and "plate" in request.answers:
        return Request(request.applicant, {**request.answers, "plate": _UNINSPECTED})
    return request


def _day(today: date, random: Random, first: int, last: int) -> str:
    return (today + timedelta(days=random.randint(first, last))).isoformat()


def _show(random: Random, today: date) -> Request:
    troupe = random.choice(_TROUPES)
    answers = {
        "show_name": random.choice(_SHOWS),
        "show_date": _day(today, random, 14, 40),
        "show_place": random.choice(_STAGES),
        "duration_minutes": random.choice((45, 60, 90, 120, 150)),
        "performers": f"{troupe}; nghệ sĩ {person_name(random)}, {person_name(random)}",
    }
    return Request(organisation(random, troupe), answers)


def _extract(random: Random, today: date) -> Request:
    person = citizen(random)
    answers = {
        "subject_name": person["name"],
        "subject_birth": _day(today, random, -18_000, -7_500),
        "event_kind": random.choice(("birth", "birth", "marriage", "death")),
        "register_place": random.choice(_COMMUNES),
        "copies": random.randint(1, 5),
    }
    return Request(person, answers)


def _criminal_record(random: Random, today: date) -> Request:
    person = citizen(random)
    purposes = ("Bổ sung hồ sơ xin việc", "Xin thị thực đi làm việc tại Hàn Quốc", "Nhận con nuôi",
                "Cấp chứng chỉ hành nghề luật sư")  # fmt: skip
    answers = {
        "sheet_kind": random.choice(("1", "1", "2")),
        "purpose": random.choice(purposes),
        "residences": f"Từ năm 14 tuổi đến nay: {person['address']}.",
        "many_places": random.random() < 0.2,
        "lived_abroad": random.random() < 0.1,
        "reduced_fee": random.random() < 0.15,
    }
    return Request(person, answers)


def _power(random: Random, today: date) -> Request:
    purpose = random.choice(("home", "home", "business", "production"))
    power = random.randint(3, 12) if purpose == "home" else random.randint(15, 160)
    answers = {
        "supply_place": random.choice(_PLACES),
        "purpose": purpose,
        "power_kw": power,
        "phases": "1" if power < 10 else "3",
    }
    return Request(citizen(random), answers)


def _vehicle(random: Random, today: date) -> Request:
    answers = {
        "plate": f"37B-{random.randint(100, 899)}.{random.randint(10, 89)}",
        "chassis": f"RLU{random.randint(10_000_000, 99_999_999)}VN",
        "badge_kind": random.choice(("hop_dong", "taxi", "tuyen", "tai")),
        "owned_vehicle": random.random() < 0.8,
        "reissue": random.random() < 0.2,
    }
    return Request(organisation(random, random.choice(_HAULIERS)), answers)


def _x_ray(random: Random, today: date) -> Request:
    clinic = random.choice(_CLINICS)
    kind = random.choice(("dental", "mammo", "mobile", "general", "ct"))
    answers = {
        "facility": clinic,
        "device_kind": kind,
        "device_count": random.randint(1, 3),
        "safety_officer": person_name(random, woman=False),
    }
    return Request(organisation(random, clinic), answers)


def _conference(random: Random, today: date) -> Request:
    answers = {
        "event_name": random.choice(_EVENTS),
        "event_date": _day(today, random, 25, 60),
        "event_place": random.choice(
            ("Khách sạn Mường Thanh Luxury Sông Lam, Vinh", "Hội trường Trường Đại học Vinh")
        ),
        "foreign_guests": random.randint(5, 80),
        "heritage": random.random() < 0.3,
        "has_project": random.random() < 0.4,
    }
    return Request(organisation(random, random.choice(_HOSTS)), answers)


def _environment(random: Random, today: date) -> Request:
    answers = {
        "project_name": random.choice(_PROJECTS),
        "project_place": random.choice(
            ("xã Nghĩa Hiếu, huyện Nghĩa Đàn", "xã Tân Xuân, huyện Tân Kỳ", "xã Nghi Liên, thành phố Vinh")
        ),
        "project_capital": random.randint(20, 900) * 1_000_000_000,
        "project_group": random.choice(("1", "2")),
    }
    return Request(organisation(random, "Công ty Cổ phần Đầu tư Phát triển Miền Trung"), answers)


def _works(random: Random, today: date) -> Request:
    answers = {
        "works_name": random.choice(_WORKS),
        "works_place": random.choice(_PLACES),
        "works_class": random.choice(("1", "2", "3", "3")),
        "finish_date": _day(today, random, -40, -5),
    }
    return Request(organisation(random, random.choice(_BUILDERS)), answers)


def _pharmacy(random: Random, today: date) -> Request:
    name = random.choice(_PHARMACIES)
    person = citizen(random)
    answers = {
        "pharmacy_name": name,
        "pharmacy_place": person["address"],
        "business_kind": "wholesale" if name.startswith("Công ty") else "retail",
        "pharmacist": f"Dược sĩ {person_name(random)}",
    }
    return Request(person, answers)


def _maternity(random: Random, today: date) -> Request:
    person = citizen(random)
    answers = {
        "insured_name": person["name"],
        "insurance_number": f"40{random.randint(10_000_000, 99_999_999)}",
        "benefit_kind": "birth",
        "child_birth": _day(today, random, -120, -30),
        "bank_account": f"{random.randint(100_000_000, 999_999_999)} Agribank Nghệ An",
        "needs_discharge": random.random() < 0.2,
    }
    return Request(person, answers)


def _birth(random: Random, today: date) -> Request:
    person = citizen(random)
    answers = {
        "child_name": person_name(random),
        "child_birth": _day(today, random, -45, -3),
        "child_gender": random.choice(("male", "female")),
        "mother_name": person_name(random, woman=True),
        "father_name": person_name(random, woman=False),
        "residence_place": person["address"],
        "joins_household": random.random() < 0.15,
        "hospital": "Trạm Y tế xã; Bệnh viện Sản Nhi Nghệ An",
    }
    return Request(person, answers)


_REQUESTS: Mapping[str, Callable[[Random, date], Request]] = {
    "1.009397": _show, "2.000635": _extract, "3.000333": _criminal_record, "EVN-01": _power,
    "2.002288": _vehicle, "2.002380": _x_ray, "2.002312": _conference, "1.010733": _environment,
    "1.009794": _works, "1.004593": _pharmacy, "2.000693": _maternity, "2.000986": _birth,
}  # fmt: skip
CODES = tuple(_REQUESTS)
