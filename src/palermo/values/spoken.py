"""The words for numbers in the languages in which numbers are spelt out to be missed by programs."""

# For each language the words for 0 to 9, 10 to 19, 20 to 90 and 100 to 900; "/" parts spellings,
# and "_" stands for a space.
SPOKEN = {
    "English": (
        "zero/oh/nought/naught one two three four five six seven eight nine",
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
        "hundred",
    ),
    "Spanish": (
        "cero uno/una dos tres cuatro cinco seis siete ocho nueve",
        "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "cien/ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos "
        "ochocientos novecientos",
    ),
    "French": (
        "zéro un/une deux trois quatre cinq six sept huit neuf",
        "dix onze douze treize quatorze quinze seize",
        "vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante",
        "cent/cents",
    ),
    "Portuguese": (
        "zero um/uma dois/duas três quatro cinco seis/meia sete oito nove",
        "dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete "
        "dezoito dezenove/dezanove",
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        "cem/cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos "
        "novecentos",
    ),
    "Romanian": (
        "zero unu/una doi/două trei patru cinci șase/șasă șapte opt nouă",
        "zece unsprezece/unșpe doisprezece/doișpe treisprezece/treișpe paisprezece/paișpe "
        "cincisprezece/cinșpe șaisprezece/șaișpe șaptesprezece/șapteșpe optsprezece/optișpe "
        "nouăsprezece/nouășpe",
        "douăzeci treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci",
        "sută/sute",
    ),
    "Russian": (
        "ноль/нуль один/одна два/две три четыре пять шесть семь восемь девять",
        "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
        "восемнадцать девятнадцать",
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    ),
    "Ukrainian": (
        "нуль один два/дві три чотири п'ять/пять шість сім вісім дев'ять/девять",
        "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять "
        "вісімнадцять дев'ятнадцять",
        "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
        "сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот",
    ),
    "Bulgarian": (
        "нула едно/един два/две три четири пет шест седем осем девет",
        "десет единадесет/единайсет дванадесет/дванайсет тринадесет/тринайсет "
        "четиринадесет/четиринайсет петнадесет/петнайсет шестнадесет/шестнайсет "
        "седемнадесет/седемнайсет осемнадесет/осемнайсет деветнадесет/деветнайсет",
        "двадесет/двайсет тридесет/трийсет четиридесет/четирийсет петдесет шестдесет/шейсет "
        "седемдесет осемдесет деветдесет",
        "сто двеста триста четиристотин петстотин шестстотин седемстотин осемстотин деветстотин",
    ),
    "Serbian": (
        "nula/нула jedan/jedna/један dva/dve/dvije/два tri/три četiri/четири pet/пет šest/шест "
        "sedam/седам osam/осам devet/девет",
        "deset jedanaest dvanaest trinaest četrnaest petnaest šesnaest sedamnaest osamnaest "
        "devetnaest",
        "dvadeset trideset četrdeset pedeset šezdeset sedamdeset osamdeset devedeset",
        "sto dvjesto/dvesta/dvjesta tristo/trista četiristo/četristo petsto šeststo/šesto sedamsto "
        "osamsto devetsto",
    ),
    "Arabic": (
        "صفر واحد/واحدة اثنان/اثنين/اتنين/إثنان ثلاثة/ثلاث/تلاتة أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع "
        "ثمانية/ثماني/ثمان/تمانية/تمنية تسعة/تسع",
        "عشرة/عشر",
        "عشرون/عشرين ثلاثون/ثلاثين/تلاتين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين "
        "ثمانون/ثمانين/تمانين تسعون/تسعين",
        "مئة/مائة/مية",
    ),
    "Persian": (
        "صفر یک دو سه چهار پنج شش هفت هشت نه",
        "ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده",
        "بیست سی چهل پنجاه شصت هفتاد هشتاد نود",
        "صد/یکصد دویست سیصد چهارصد پانصد ششصد/شیشصد هفتصد هشتصد نهصد",
    ),
    "Urdu": ("صفر ایک دو تین چار پانچ چھ/چھے سات آٹھ نو",),
    "Hebrew": (
        "אפס אחת/אחד שתיים/שתים/שניים שלוש/שלושה ארבע/ארבעה חמש/חמישה שש/שישה שבע/שבעה שמונה "
        "תשע/תשעה",
    ),
    "Vietnamese": (
        "không một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín",
        "mười",
    ),
    "Thai": ("ศูนย์ หนึ่ง/เอ็ด สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",),
    "Hindi": ("शून्य/ज़ीरो/जीरो एक दो तीन चार पांच/पाँच छह/छः/छे/छ सात आठ नौ",),
    "Nepali": ("सुन्ना एक दुई तीन चार पाँच छ सात आठ नौ",),
    "Marathi": ("शून्य एक दोन तीन चार पाच सहा सात आठ नऊ",),
    "Bengali": ("শূন্য/জিরো এক দুই তিন চার পাঁচ/পাচ ছয় সাত আট নয়",),
    "Tamil": ("பூஜ்யம்/பூஜ்ஜியம் ஒன்று இரண்டு மூன்று நான்கு ஐந்து ஆறு ஏழு எட்டு ஒன்பது",),
    "Telugu": ("సున్నా ఒకటి రెండు మూడు నాలుగు ఐదు ఆరు ఏడు ఎనిమిది తొమ్మిది",),
    "Burmese": ("သုည တစ် နှစ် သုံး လေး ငါး ခြောက် ခုနစ်/ခုနှစ် ရှစ် ကိုး",),
    "Khmer": ("សូន្យ មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ/ប្រាំពិល ប្រាំបី ប្រាំបួន",),
    "Lao": ("ສູນ ໜຶ່ງ/ຫນຶ່ງ/ນຶ່ງ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ",),
    "Amharic": ("ዜሮ አንድ ሁለት ሶስት/ሦስት አራት አምስት ስድስት ሰባት ስምንት ዘጠኝ",),
    "Georgian": ("ნული ერთი ორი სამი ოთხი ხუთი ექვსი შვიდი რვა ცხრა",),
    "Armenian": ("զրո մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը",),
    "German": (
        "null eins/ein zwei/zwo drei vier fünf/fuenf sechs sieben acht neun",
        "zehn elf zwölf/zwoelf dreizehn vierzehn fünfzehn/fuenfzehn sechzehn siebzehn achtzehn "
        "neunzehn",
        "zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig",
    ),
    "Italian": (
        "zero uno/una due tre quattro cinque sei sette otto nove",
        "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
        "cento",
    ),
    "Dutch": ("nul een/één twee drie vier vijf zes zeven acht negen",),
    "Polish": (
        "zero jeden/jedna dwa/dwie trzy cztery pięć sześć siedem osiem dziewięć",
        "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście "
        "osiemnaście dziewiętnaście",
        "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt "
        "osiemdziesiąt dziewięćdziesiąt",
        "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
    ),
    "Czech": (
        "nula jedna/jeden dva/dvě tři čtyři pět šest sedm osm devět",
        "deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct",
        "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
        "sto dvě_stě/dvěstě tři_sta/třista čtyři_sta/čtyřista pět_set/pětset šest_set/šestset "
        "sedm_set/sedmset osm_set/osmset devět_set/devětset",
    ),
    "Slovak": (
        "nula jeden/jedna dva/dve tri štyri päť šesť sedem osem deväť",
        "desať jedenásť dvanásť trinásť štrnásť pätnásť šestnásť sedemnásť osemnásť devätnásť",
        "dvadsať tridsať štyridsať päťdesiat šesťdesiat sedemdesiat osemdesiat deväťdesiat",
        "sto dvesto tristo štyristo päťsto šesťsto sedemsto osemsto deväťsto",
    ),
    # A lone "on" is ten, and far more often another language's word.
    "Turkish": (
        "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
        "- on_bir/onbir on_iki/oniki on_üç/onüç on_dört/ondört on_beş/onbeş on_altı/onaltı "
        "on_yedi/onyedi on_sekiz/onsekiz on_dokuz/ondokuz",
        "yirmi otuz kırk elli altmış yetmiş seksen doksan",
        "yüz",
    ),
    "Azerbaijani": ("sıfır bir iki üç dörd beş altı yeddi səkkiz doqquz",),
    "Uzbek": ("nol bir ikki uch to'rt besh olti yetti sakkiz to'qqiz",),
    "Kazakh": ("нөл бір екі үш төрт бес алты жеті сегіз тоғыз",),
    "Albanian": ("zero një dy tre katër pesë gjashtë shtatë tetë nëntë",),
    "Hungarian": (
        "nulla egy kettő/két három négy öt hat hét nyolc kilenc",
        "tíz tizenegy tizenkettő/tizenkét tizenhárom tizennégy tizenöt tizenhat tizenhét "
        "tizennyolc tizenkilenc",
        "húsz harminc negyven ötven hatvan hetven nyolcvan kilencven",
        "száz",
    ),
    "Swedish": (
        "noll ett två tre fyra fem sex sju åtta nio",
        "tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
        "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    ),
    "Finnish": ("nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän",),
    "Tagalog": ("sero isa dalawa tatlo apat lima anim pito walo siyam",),
    "Somali": ("eber kow/hal laba saddex afar shan lix toddoba siddeed sagaal",),
    "Indonesian": ("nol/kosong satu dua tiga empat lima enam tujuh delapan/lapan sembilan",),
    "Swahili": ("sifuri moja mbili tatu nne tano sita saba nane tisa",),
    "Greek": ("μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά",),
}
