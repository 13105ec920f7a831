package phrase

import "strings"

// everybody are words that stand for a group of those present.
var everybody = newLexicon(entry[bool]{
	true,
	"all,everyone,everybody,all participants,participants,group,open,plenary,various,tous,toutes,tous les participants,todos,todas,alle,alle deltakere,alla,vsichni,все,الجميع,جميع المشاركين,secretariat,the secretariat,the chair,the co chairs",
})

// honorifics are titles before names.
var honorifics = set("mr mrs ms miss mx dr prof professor sir dame lord he hon rt excellency ambassador m mme mlle dr pr sr sra srta don dona dra herr frau hr fru ing bc mgr judr phdr rndr doc г н госпожа господин д р السيد السيده الدكتور الدكتوره سعاده معالي د ا")

// particles are small words inside names.
var particles = set("van von der den de da do dos das del della di la le bin bint ibn al el ul ter ten zu af av und y e")

// notInNames are words with capitals that are not of names of people.
var notInNames = set(`head director directorate minister ministry deputy chief officer secretary president chair chairs co manager coordinator adviser advisor expert
 professor assistant associate senior junior acting lead leader team unit division department office agency authority institute institution university college school
 council committee commission board bureau centre center association foundation society network union bank fund group company ltd inc gmbh data open government governance
 public national international european regional local civil service services policy project programme program research development digital digitalisation innovation
 information technology access rights justice parliament embassy delegation republic kingdom states state federal federation
 session workshop panel discussion meeting presentation introduction welcome closing opening lunch break coffee questions answers update overview review summary conclusion
 next steps action plan working part day morning afternoon keynote topic theme agenda item round table report status use case study how what why when who where the of for
 a an and with by to in on your our their its from at as is are new all web api remote online hybrid virtual ministere ministerio ministerstvo departement direction directeur
 directrice chef responsable charge conseiller service agence institut universite secretaire etat secretariat unidad direccion director directora jefe jefa agencia secretaria
 departamento instituto universidad oficina leiter leiterin referat bundesministerium amt behorde direktor direktorat departementet avdeling avdelingsdirektor statssekretar
 ministeren radgiver seniorradgiver myndighet generaldirektor urad ustav fakulta univerzita agentura reditel vedouci odbor sdruzeni академия министерство директор департамент
 начальник агентство университет центр وزاره وزير مدير هيئه جامعه معهد مركز دائره
 this these those it he she they we you i who dieser diese dieses wer was wie wo warum ein eine einer es er sie wir ihr verschiedene diverse redner rednerinnen sprecher
 ce cette ces qui que il elle nous vous este esta estos quien ponentes esse essa quem denne dette disse hvem hva det guide speakers various`)

// organisations are words of names of organisations.
var organisations = set(`ministry directorate department division unit office agency authority institute institution university college school council committee commission
 board bureau centre center association foundation society network union bank fund company ltd inc gmbh embassy delegation parliament government secretariat forum alliance
 initiative partnership platform house team organisation organization ombudsman court municipality city
 ministere departement direction agence institut universite conseil comite commission secretariat mairie prefecture
 ministerio departamento agencia instituto universidad consejo comite secretaria equipo municipio alcaldia gobierno governo ministerio camara prefeitura
 ministerium bundesministerium amt behorde verband stiftung verein hochschule universitat kommission senat
 departement departementet direktoratet direktorat kommune fylkeskommune stortinget radet foreningen styrelsen myndigheten regeringskansliet riksdagen
 ministerstvo urad ustav fakulta univerzita agentura sdruzeni kancelar akademie nadace institut archiv kraj
 министерство департамент агентство университет центр институт служба фонд комитет правительство
 وزاره هيئه جامعه معهد مركز دائره مجلس مؤسسه مديريه وكاله منظمه امانه شعبه`)

// organisationHeads are first words of the names of parts of organisations,
// which the organisation itself follows after a comma.
var organisationHeads = set(`directorate ministry department office agency secretariat embassy directorate-general institute faculty bureau cabinet
 direction ministere departement secretariat ambassade agence institut cabinet direccion ministerio departamento secretaria agencia instituto direcao ministerio
 ministerium referat direktorat departementet direktoratet avdeling avdelningen odbor ministerstvo urad министерство департамент управление секретариат отдел مديريه وزاره اداره مكتب`)

// posts are words for posts.
var posts = set(`head director minister deputy chief officer secretary president chair chairs manager coordinator adviser advisor expert professor assistant associate lead leader
 analyst researcher economist lawyer jurist engineer specialist strategist founder ceo cto cdo cio commissioner ambassador representative delegate consultant journalist
 fellow editor member chairperson executive spokesperson advocate trainer
 ministre directeur directrice chef responsable charge chargee conseiller conseillere secretaire president presidente expert experte professeur maire
 ministro ministra director directora jefe jefa secretario secretaria asesor asesora coordinador coordinadora profesor profesora presidente presidenta
 diretor diretora chefe coordenador coordenadora assessor assessora secretario
 leiter leiterin minister ministerin staatssekretar staatssekretarin referent referentin beauftragter beauftragte professorin
 statssekretar direktor avdelingsdirektor radgiver seniorradgiver leder statsrad ekspedisjonssjef generalsekretar utredare chef expert strateg
 ministr ministryne namestek namestkyne reditel reditelka vedouci predseda koordinator poradce
 министр директор начальник заместитель руководитель советник эксперт профессор председатель
 وزير مدير رئيس نائب مستشار خبير استاذ`)

// countries are the codes of countries (ISO 3166-1 alpha-2) that agendas name
// by code, as members of committees are.
var countries = codeSet("AD AE AL AM AR AT AU AZ BA BE BG BR BY CA CH CL CN CO CR CY CZ DE DK DZ EE EG ES FI FR GB GE GR HR HU IE IL IN IQ IS IT JO JP KE KG KR KW KZ LB LI LT LU LV LY MA MC MD ME MK MT MX NG NL NO NZ OM PE PL PS PT QA RO RS RU SA SE SI SK SM SN TN TR UA US UY UZ XK ZA")

func codeSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Fields(list) {
		m[c] = true
	}
	return m
}

// countryNames are the countries that agendas name in words, folded.
var countryNames = map[string]string{
	"albania": "AL", "armenia": "AM", "austria": "AT", "azerbaijan": "AZ", "belgium": "BE", "brazil": "BR", "bulgaria": "BG", "canada": "CA", "chile": "CL",
	"colombia": "CO", "croatia": "HR", "cyprus": "CY", "czech republic": "CZ", "czechia": "CZ", "denmark": "DK", "egypt": "EG", "estonia": "EE", "finland": "FI",
	"france": "FR", "georgia": "GE", "germany": "DE", "greece": "GR", "hungary": "HU", "iceland": "IS", "ireland": "IE", "israel": "IL", "italy": "IT",
	"jordan": "JO", "kazakhstan": "KZ", "kenya": "KE", "kosovo": "XK", "kyrgyzstan": "KG", "latvia": "LV", "lebanon": "LB", "lithuania": "LT", "luxembourg": "LU",
	"malta": "MT", "mexico": "MX", "moldova": "MD", "mongolia": "MN", "montenegro": "ME", "morocco": "MA", "netherlands": "NL", "new zealand": "NZ",
	"nigeria": "NG", "north macedonia": "MK", "norway": "NO", "peru": "PE", "poland": "PL", "portugal": "PT", "romania": "RO", "serbia": "RS", "slovakia": "SK",
	"slovak republic": "SK", "slovenia": "SI", "south africa": "ZA", "south korea": "KR", "spain": "ES", "sweden": "SE", "switzerland": "CH", "tunisia": "TN",
	"turkey": "TR", "turkiye": "TR", "ukraine": "UA", "united kingdom": "GB", "uk": "GB", "united states": "US", "usa": "US", "uruguay": "UY", "uzbekistan": "UZ",
	"allemagne": "DE", "autriche": "AT", "belgique": "BE", "bresil": "BR", "danemark": "DK", "espagne": "ES", "estonie": "EE", "finlande": "FI", "georgie": "GE",
	"irlande": "IE", "italie": "IT", "maroc": "MA", "norvege": "NO", "pays-bas": "NL", "royaume-uni": "GB", "suede": "SE", "suisse": "CH", "tunisie": "TN",
	"alemania": "DE", "brasil": "BR", "espana": "ES", "francia": "FR", "italia": "IT", "mexico city": "",
	"norge": "NO", "sverige": "SE", "danmark": "DK", "finland (fi)": "FI", "грузия": "GE", "германия": "DE", "франция": "FR", "италия": "IT", "المغرب": "MA", "تونس": "TN", "الاردن": "JO",
}
