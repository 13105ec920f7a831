package phrase

import "tamada/pkg/agenda"

// A kindWords row holds the words that show one kind of session.
type kindWords struct {
	kind  agenda.Kind
	limit int // how many words a title may have for them to count; 0 for any number
	words *lexicon[bool]
}

func row(kind agenda.Kind, limit int, phrases string) kindWords {
	return kindWords{kind, limit, newLexicon(entry[bool]{true, phrases})}
}

// kinds are asked in this order: what is said of a break comes before what it
// is combined with, the general words come last.
var kinds = []kindWords{
	row(agenda.Registration, 10, "registration,registrations,check in,arrival and registration,reception of participants,inscription,inscriptions,enregistrement,accueil et enregistrement,inscripcion,inscripciones,acreditacion,acreditaciones,registro,credenciamento,inscricao,anmeldung,registrierung,einlass,registrering,registrace,prezence,регистрация,регистрация участников,التسجيل,რეგისტრაცია"),
	row(agenda.Meal, 8, "lunch,breakfast,dinner,supper,brunch,lunch break,dejeuner,pause dejeuner,petit dejeuner,diner,almuerzo,comida,desayuno,cena,almoco,cafe da manha,jantar,mittagessen,mittagspause,mittag,fruhstuck,abendessen,lunsj,middag,frokost,frukost,obed,snidane,vecere,обед,завтрак,ужин,غداء,الغداء,افطار,عشاء,სადილი"),
	row(agenda.Break, 7, "break,coffee,coffee break,tea break,recess,pause,pause cafe,pausa,cafe,descanso,receso,intervalo,pausa cafe,kaffeepause,pause,pausen,kaffe,fika,paus,prestavka,coffee break,кофе брейк,кофе пауза,перерыв,استراحه,الاستراحه,استراحه قهوه,შესვენება"),
	row(agenda.LightningTalks, 0, "lightning talks,lightning talk,flash talks,pitches,pitch,presentations eclair,charlas relampago,palestras relampago,lyntaler,lyntale,blixttal,blitzvortrage,блиц доклады"),
	row(agenda.SmallTables, 0, "small tables,table discussions,world cafe,breakout,breakouts,breakout groups,break out groups,group work,working groups,sous groupes,travaux de groupe,tables rondes paralleles,mesas de trabajo,grupos de trabajo,grupos de trabalho,gruppenarbeit,smabord,gruppearbeid,gruppdiskussioner,prace ve skupinach,групповая работа,مجموعات العمل"),
	row(agenda.Keynote, 0, "keynote,keynotes,conference inaugurale,conferencia magistral,charla keynote,palestra magna,festvortrag,hovedinnlegg,пленарный доклад,كلمه رئيسيه"),
	row(agenda.Panel, 0, "panel,panel discussion,panels,table ronde d'experts,panel de discusion,conversatorio,painel,podiumsdiskussion,paneldebatt,panelsamtale,panelova diskuse,панельная дискуссия,حلقه نقاش,جلسه حواريه"),
	row(agenda.RoundTable, 0, "round table,roundtable,table ronde,mesa redonda,runder tisch,rundbord,rundabordssamtal,kulaty stul,круглый стол,مائده مستديره,მრგვალი მაგიდა"),
	row(agenda.Workshop, 0, "workshop,workshops,hands on,training,hackathon,atelier,ateliers,taller,talleres,oficina,oficinas,werkstatt,verksted,arbeidsverksted,verkstad,workshopy,dilna,мастер класс,воркшоп,семинар практикум,ورشه,ورشه عمل"),
	row(agenda.Ceremony, 0, "ceremony,award,awards,signing,ceremonie,remise des prix,ceremonia,premiacion,premiacao,cerimonia,preisverleihung,verleihung,seremoni,prisutdeling,церемония,награждение,حفل,تكريم"),
	row(agenda.Opening, 12, "opening,welcome,welcome remarks,introduction,introductions,intro,greetings,kick off,ouverture,accueil,bienvenue,mot de bienvenue,apertura,bienvenida,palabras de bienvenida,ceremonia de apertura,abertura,boas vindas,eroffnung,begrussung,willkommen,apning,velkommen,innledning,oppning,valkommen,valkomna,inledning,zahajeni,uvodni slovo,uvodni blok,uvod,открытие,приветствие,вступительное слово,افتتاح,الافتتاح,ترحيب,الترحيب,გახსნა"),
	row(agenda.Closing, 12, "closing,close,closing remarks,conclusion,conclusions,wrap up,wrapping,farewell,end of,next steps and closing,cloture,conclusion,mot de la fin,cierre,clausura,conclusiones,palabras de cierre,encerramento,conclusoes,abschluss,schlusswort,verabschiedung,avslutning,avrunding,oppsummering og avslutning,lykke til,takk for i dag,avslutande,summering och avslut,zaver,zakonceni,закрытие,заключительное слово,подведение итогов,اختتام,ختام,الختام,الجلسه الختاميه,დახურვა"),
	row(agenda.Social, 10, "reception,social,networking,drinks,cocktail,mingle,photo session,gathering,soiree,reception,vin d'honneur,coctel,brindis,convivio,confraternizacao,empfang,ausklang,mottakelse,sosialt,mingel,raut,приём,фуршет,حفل استقبال,фото"),
	row(agenda.Consultation, 0, "consultation,consultations,consulta,konsultation,horing,konzultace,консультация,مشاوره"),
	row(agenda.Bilateral, 0, "bilateral,bilaterals,bilateral meeting,bilaterales,bilateralt,двусторонняя встреча,ثنائي"),
	row(agenda.Plenary, 0, "plenary,pleniere,seance pleniere,plenaria,sesion plenaria,plenario,plenum,plenar,пленарное заседание,пленарная сессия,جلسه عامه"),
	row(agenda.Discussion, 0, "discussion,discussions,debate,q and a,q a,questions and answers,exchange of views,tour de table,echange,echanges,debat,discusion,dialogo,preguntas y respuestas,discussao,perguntas e respostas,diskussion,aussprache,diskusjon,drofting,samtal,diskuze,diskuse,обсуждение,дискуссия,вопросы и ответы,نقاش,مناقشه"),
	row(agenda.Presentation, 0, "presentation,presentations,demo,demonstration,update,overview,presentacion,apresentacao,vortrag,prasentation,presentasjon,orientering,genomgang,prezentace,prednaska,презентация,доклад,عرض"),
}

// wholeDay are the words for a session that takes all day.
var wholeDay = newLexicon(entry[bool]{true, "all day,whole day,full day,journee,journee entiere,toute la journee,todo el dia,dia completo,dia inteiro,o dia todo,ganztagig,ganzer tag,hele dagen,heldag,hela dagen,cely den,весь день,طوال اليوم"})

// spans are the words for parts of a day, and for a time that is open.
var spans = newLexicon(
	entry[agenda.Form]{agenda.AllDay, "all day,toute la journee,todo el dia,hele dagen,весь день,მთელი დღე,طوال اليوم,ganztagig,hela dagen,cely den,dia inteiro"},
	entry[agenda.Form]{agenda.Morning, "morning,matin,manana,formiddag,первая половина дня,დღის პირველი ნახევარი,صباحا,vormittag,formiddagen,dopoledne,manha"},
	entry[agenda.Form]{agenda.Afternoon, "afternoon,apres midi,tarde,ettermiddag,вторая половина дня,დღის მეორე ნახევარი,بعد الظهر,nachmittag,eftermiddag,odpoledne"},
	entry[agenda.Form]{agenda.Open, "time to be confirmed,heure a confirmer,hora por confirmar,tidspunkt kommer,время уточняется,დრო დაზუსტდება,يحدد الوقت لاحقا"},
)
