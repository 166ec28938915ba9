"""Names for fictional people, as banks and phones write them; nobody in particular."""

import random

FIRST = {
    "en": "Alex Robin Morgan Casey Jordan Taylor Jamie Rowan Quinn Avery Harper Emery".split(),
    "es": "Ariel Noa Cruz Trini Reyes Mar Dani Ale Sol Luz Paz Andrea".split(),
    "ro": "Dana Sorin Mira Vali Gabi Cristi Adi Lia Nelu Oana Radu Ilie".split(),
    "vi": "An Binh Chi Dung Giang Ha Linh Minh Nga Phuong Tam Thao".split(),
    "ar": "Nour Salam Ihsan Rida Jihan Wissam Sabah Amal Karam Farah Hadi Layal".split(),
    "ru": "Sasha Zhenya Valya Slava Nikita Tonya Mila Yura Lera Pasha Rita Gena".split(),
    "th": "Dao Fon Nok Kaew Ton Ploy May Som Boon Chai Nit Lek".split(),
    "zh": "Lin Chen Ming Hua Yu Fang Jun Mei Tao Lan Wei Ning".split(),
}
LAST = {
    "en": "Fieldgate Northway Ashgrove Millbank Stonelea Harrowby Wexcombe Larkhill".split(),
    "es": "Montelago Riosol Campoluna Valdenueve Torresalta Marisma Fuenteclara".split(),
    "ro": "Pietrar Codrescu Luncanu Morarescu Salciu Fagaru Campeanul".split(),
    "vi": "Tranlam Nguyenha Phamson Levien Hoangmai Dosong Buithu".split(),
    "ar": "Alnahri Alsahli Alwadi Aljabali Albahri Alrabii Alqamari".split(),
    "ru": "Ozerkov Polevin Rechkin Lugovsky Sosnin Berezkov Stepnov".split(),
    "th": "Chaisuan Namyen Taladklang Rimkhlong Suanmai Thalaeyai".split(),
    "zh": "Hehua Shanlu Beihe Nanqiao Dongmen Xilin".split(),
}


def name(language: str, rng: random.Random) -> str:
    return f"{rng.choice(FIRST[language])} {rng.choice(LAST[language])}"
