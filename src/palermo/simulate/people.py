"""Names for fictional people, as banks and phones write them; nobody in particular."""

import random

FIRST = {
    "en": "Alex Robin Morgan Casey Jordan Taylor Jamie Rowan Quinn Avery Harper Emery",
    "es": "Ariel Noa Cruz Trini Reyes Mar Dani Ale Sol Luz Paz Andrea",
    "ro": "Dana Sorin Mira Vali Gabi Cristi Adi Lia Nelu Oana Radu Ilie",
    "vi": "An Binh Chi Dung Giang Ha Linh Minh Nga Phuong Tam Thao",
    "ar": "Nour Salam Ihsan Rida Jihan Wissam Sabah Amal Karam Farah Hadi Layal",
    "ru": "Sasha Zhenya Valya Slava Nikita Tonya Mila Yura Lera Pasha Rita Gena",
    "th": "Dao Fon Nok Kaew Ton Ploy May Som Boon Chai Nit Lek",
    "zh": "Lin Chen Ming Hua Yu Fang Jun Mei Tao Lan Wei Ning",
}
LAST = {
    "en": "Fieldgate Northway Ashgrove Millbank Stonelea Harrowby Wexcombe Larkhill",
    "es": "Montelago Riosol Campoluna Valdenueve Torresalta Marisma Fuenteclara",
    "ro": "Pietrar Codrescu Luncanu Morarescu Salciu Fagaru Campeanul",
    "vi": "Tranlam Nguyenha Phamson Levien Hoangmai Dosong Buithu",
    "ar": "Alnahri Alsahli Alwadi Aljabali Albahri Alrabii Alqamari",
    "ru": "Ozerkov Polevin Rechkin Lugovsky Sosnin Berezkov Stepnov",
    "th": "Chaisuan Namyen Taladklang Rimkhlong Suanmai Thalaeyai",
    "zh": "Hehua Shanlu Beihe Nanqiao Dongmen Xilin",
}


def name(language: str, rng: random.Random) -> str:
    return f"{rng.choice(FIRST[language].split())} {rng.choice(LAST[language].split())}"
