"""Words that are also names of towns, or first names; alone they are not taken for a place."""

from palermo.values.text import words

# Chosen by hand from the languages that we read: days and months, first names, small words, and
# what adverts and messages speak of. In lower case, without marks.
WORDS = words(
    """
    acum adelaide agency ahora alexandria all alma along am an and angel anna any apartment arad
    are as asia asker at august austin azi baden ban banca bani bank bar barra bath bay be beach
    bela bella bergen best big bin boa bor born both brad brand brest buena bun buna bus by call
    cam campo can car carmen carolina carter casa cel celle center central centre centro charlotte
    chelsea city ciudad colon com como company con contact cordoba corona cruz cu dallas date de
    deal del dia diana diego din do doi dolores dos douglas down driver eagle east el elena ende
    enterprise essen este eva faith fall flat florence flores for four franklin free friday from
    full garden get go god goes good got grace granada great had halden half halle hamm hand has
    hasta he her herne hers hi high hill his hof home honey hope hot hotel house houston hoy hull
    if in independence irina is island it ivan jackson jefferson job jobs jordan joy julia june
    just key kiel kingston know la lage lake las last lauf leer left lens leon less let liberty
    like lima lincoln linda live long look lorena los lots lucky lugar luna made madison mai mail
    make male mama man many mar march mare mari maria marina mario marion market martin mary mas
    massage max may me media mercedes merida mi milan mission mobile moers mon monday moon more
    moss most much must muy my nadia nancy natalia need nelson net nevers new next nice no norman
    norte north not nova now obama odd oeste of off old on once one ones only open or orange org
    oscar our out over page para paradise park part pass past paul pay paz pe pearl perry peter
    pinto plan play plus point police por porto post preston puerto que rate read reading real
    rennes rent rest reyes ricardo ride riley rio rivera road rodrigo role roma romeo room rooms
    rosa rose roy rule safe said saint sale salvador same samuel san santa santiago sat saturday
    savannah save school scott seat sebastian seen sell send sens service sexy she ship shop show
    si side sidney sign sin singen site size ski skin snow so sofia soft sol sold solo some song
    soon sort south split spring st star step stop stuart such summer sun sunday sunny sunt sur
    sure sydney sète take talk tall tata taxi taylor team tel tell tend teresa term terra test
    text than that the them then they thin this thursday tiffany till time to toda todo told
    toledo tons tour tours town trabajo train tree trei trip true trujillo tu tuesday turn two
    type un una union unit up us used user vale valencia van vanessa ven vera very victor victoria
    vida vienne view vila vin viola visa vivian vladimir voss vote wait walk wall want warm warren
    was wash washington wave wayne ways we wednesday week weil well went were west what whatsapp
    when whom wide wife wild will wilson wind wine winter wish with wood word work world worms
    yard yeah year yolanda you young your zero zone весна город дружба заря луч мир мирный надежда
    орел орёл работа свободный советский труд
    """
)
