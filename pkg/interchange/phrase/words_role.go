package phrase

import "tamada/pkg/agenda"

// A roleWord is a word for a role. Those that are not sure ("welcome remarks")
// count only beside one that is.
type roleWord struct {
	name agenda.RoleName
	sure bool
}

// roles are the words for roles, one and many.
var roles = newLexicon(
	entry[roleWord]{roleWord{agenda.CoChair, true}, "copresidence,copresidencia,medmoteleder,medmoteledere,თანათავმჯდომარე,თანათავმჯდომარეები,الرؤساء المشاركون,co chair,co chairs,cochair,co president,co presidente,co presidents,copresident,copresidente,vice chair,vice chairs,medforsitzender,сопредседатель,сопредседатели,الرئيس المشارك,spolupredseda"},
	entry[roleWord]{roleWord{agenda.Chair, true}, "presidencia,moteledere,председатели,თავმჯდომარე,თავმჯდომარეები,رؤساء الجلسه,chair,chairs,chairperson,chairman,chairwoman,president de seance,presidente de seance,presidence,presidente de la sesion,vorsitz,vorsitzender,vorsitzende,motelederm,moteleder,leder,ordforande,predsedajici,predseda,председатель,председательствует,رئيس الجلسه,رئيسه الجلسه,presidente da mesa,coordenacao da mesa"},
	entry[roleWord]{roleWord{agenda.Moderator, true}, "მოდერატორი,მოდერატორები,مديرو الجلسه,moderator,moderators,moderated by,moderation,moderateur,moderatrice,moderateurs,moderador,moderadora,moderadores,moderacion,moderacao,moderiert von,moderatorin,modera,moderan,mediacao,mediador,mediadora,mediacion,moderiert,moderation durch,ведет,ведущий,ведущая,ведущие,ordstyrer,ordstyrere,moderatorer,модератор,модераторы,модерация,moderuje,moderatori,مدير الجلسه,مديره الجلسه,ادارة الجلسه,يدير الجلسه,anime par,animation,animateur,animatrice"},
	entry[roleWord]{roleWord{agenda.Facilitator, true}, "prosessledere,ფასილიტატორი,ფასილიტატორები,facilitator,facilitators,facilitated by,facilitation,facilitateur,facilitatrice,facilitateurs,facilitacion,facilitador,facilitadora,facilitadores,facilitacao,prosessleder,fasilitator,facilitatori,фасилитатор,фасилитаторы,ميسر,الميسر,الميسرون"},
	entry[roleWord]{roleWord{agenda.Panellist, true}, "paneldeltaker,участник панельной дискуссии,участники панельной дискуссии,პანელისტი,პანელისტები,المشارك في حلقه النقاش,المشاركون في حلقه النقاش,panellist,panellists,panelist,panelists,paneliste,panelistes,panelista,panelistas,podium,paneldeltakere,paneldeltagare,paneliste,panelistky,panelisti,участники панели,المتحاورون,participants au panel"},
	entry[roleWord]{roleWord{agenda.Discussant, true}, "kommentator,kommentatorer,дискутанты,дискуссант,дискуссанты,დისკუსანტი,დისკუსანტები,discussant,discussants,discutant,discutants,discutante,comentarista,comentaristas,respondent,respondents,дискутант,المعقب,المعقبون,diskutant,diskutanti"},
	entry[roleWord]{roleWord{agenda.Rapporteur, true}, "relatoria,rapportor,rapportorer,составитель отчета,составители отчета,რაპორტიორი,რაპორტიორები,المقررون,rapporteur,rapporteurs,rapporteure,relator,relatora,relatores,referat,berichterstatter,zapisovatel,докладчик итогов,المقرر,note taker,scribe"},
	entry[roleWord]{roleWord{agenda.Presenter, true}, "foredragsholder,foredragsholdere,მომხსენებელი,მომხსენებლები,مقدم العرض,مقدمو العرض,presenter,presenters,presented by,presentateur,presente par,presentateurs,presentador,presentadora,presentadores,apresentador,apresentadora,apresentacao de,prezentuje,докладчик,докладчики,المقدم,مقدم العرض,lead presenter"},
	entry[roleWord]{roleWord{agenda.Speaker, true}, "გამომსვლელი,გამომსვლელები,speaker,speakers,keynote speaker,keynote speakers,intervenant,intervenants,intervenante,intervenantes,orateur,orateurs,oratrice,ponente,ponentes,orador,oradora,oradores,conferencista,conferencistas,expositor,expositores,palestrante,palestrantes,redner,rednerin,rednerinnen,vortragende,vortragender,referent,referentin,referenten,referentinnen,impuls,impulsvortrag,sprecher,innleder,innledere,taler,talere,talare,inledare,recnik,recnici,prednasejici,vystupujici,выступающий,выступающие,спикер,спикеры,المتحدث,المتحدثون,المتحدثه,متحدث,متحدثون,interventions by,interventions de"},
	entry[roleWord]{roleWord{agenda.Host, true}, "anfitriones,verter,принимающая сторона,принимающие стороны,მასპინძელი,მასპინძლები,المضيفون,host,hosts,hosted by,hote,hotes,anfitrion,anfitriona,anfitriao,gastgeber,vert,vertskap,vard,hostitel,организатор встречи,المضيف"},
	entry[roleWord]{roleWord{agenda.Member, true}, "teilnehmende,member,membre,miembro,medlem,член,წევრი,წევრები,العضو,الاعضاء,participants list,participantes,membres,miembros,membros,mitglieder,medlemmer,members,члены"},
	entry[roleWord]{roleWord{agenda.Interpreter, true}, "interpreter,interpreters,interprete,interpretes,dolmetscher,tolk,tolker,tolkar,tlumocnik,переводчик,переводчики,თარჯიმანი,თარჯიმნები,المترجم الفوري,المترجمون الفوريون"},
	entry[roleWord]{roleWord{agenda.Observer, true}, "наблюдатель,დამკვირვებელი,დამკვირვებლები,المراقب,observer,observers,observateur,observateurs,observador,observadores,beobachter,observator,observatorer,observatorer,наблюдатели,المراقبون"},
	entry[roleWord]{roleWord{agenda.Speaker, false}, "welcome remarks,opening remarks,closing remarks,introductory remarks,remarks,concluding remarks,welcome,keynote,mot de bienvenue,mots de bienvenue,remarques,palabras de bienvenida,palabras de cierre,observacoes,grusswort,velkommen,valkommen,вступительное слово,كلمه ترحيبيه,كلمه افتتاحيه"},
	entry[roleWord]{roleWord{agenda.Host, true}, "resp,responsible,responsable,responsables,responsavel,responsaveis,verantwortlich,ansvarlig,ansvarig,ответственный,ответственные,المسؤول,lead,leads,led by"},
)

// labelRoles are words that stand for a role only before a colon and those who
// hold it: "Ved: Paul Chaffey".
var labelRoles = newLexicon(
	entry[agenda.RoleName]{agenda.Speaker, "by,with,ved,av,med,par,avec,por,con,a cargo de,com,von,mit,durch,s,s ucasti,с участием,выступает,выступают,مع,يلقيها,delivered by,given by,featuring"},
	entry[agenda.RoleName]{agenda.Panellist, "panel,i panelet,panelet,au panel,en el panel,no painel,auf dem podium,in the panel,on the panel,v panelu,в панели"},
	entry[agenda.RoleName]{agenda.Host, "secretariat,secretariado,secretaria,sekretariat,sekretariatet,sekretariat der sitzung,секретариат,الامانه,الامانه العامه,სამდივნო"},
)

// fillers may stand between the names of roles.
var fillers = set("and et y e und og och a и و და و the le la les los las der die das de du des del da do session of for and panel main our co")

// placeholders say that something is still open.
var placeholders = newLexicon(entry[bool]{
	true,
	"tbc,tbd,tba,to be confirmed,to be determined,to be announced,to be decided,a confirmer,a definir,a determiner,a venir,por definir,por confirmar,a confirmar,a ser confirmado,wird noch bekannt gegeben,noch offen,kommer,bekreftes senere,meddelas senare,bude upresneno,уточняется,будет объявлено,يحدد لاحقا,سيحدد لاحقا,يوكد لاحقا,დაზუსტდება,n n",
})

// invitedWords say that somebody is invited and has not answered.
var invitedWords = map[string]bool{
	"invited": true, "invite": true, "invitee": true, "invitado": true, "invitada": true, "convidado": true, "convidada": true,
	"angefragt": true, "eingeladen": true, "invitert": true, "inbjuden": true, "pozvan": true, "invitation envoyee": true, "invitacion cursada": true, "приглашение направлено": true, "მოწვეულია": true, "وجهت الدعوه": true, "приглашен": true, "приглашена": true, "مدعو": true,
}

// cancelledWords say that something will not take place.
var cancelledWords = newLexicon(entry[bool]{
	true,
	"cancelled,canceled,annule,annulee,annules,annulees,cancelado,cancelada,suspendido,abgesagt,entfallt,avlyst,installt,installd,zruseno,zrusen,отменено,отменена,отменён,ملغي,ملغاه,الغيت,გაუქმებულია",
})

// tentativeWords say that something is not sure yet.
var tentativeWords = newLexicon(entry[bool]{
	true,
	"tentative,provisional,provisoire,provisorisch,vorlaufig,forelopig,prelimnar,preliminar,predbezne,предварительно,წინასწარი,مبدئي",
})

// closings end a letter.
var closings = newLexicon(entry[bool]{
	true,
	"best regards,kind regards,regards,with best regards,with kind regards,warm regards,yours sincerely,sincerely,many thanks and best regards,cordialement,bien cordialement,meilleures salutations,saludos,saludos cordiales,atentamente,cordialmente,atenciosamente,cumprimentos,mit freundlichen grussen,freundliche grusse,viele grusse,med vennlig hilsen,vennlig hilsen,hilsen,mvh,med vanlig halsning,vanliga halsningar,halsningar,s pozdravem,с уважением,مع خالص التحيه,مع التحيه,مع اطيب التحيات,პატივისცემით",
})

// endWords say that the meeting ends.
var endWords = newLexicon(entry[bool]{
	true,
	"end,end of meeting,end of the meeting,end of day,end of the day,adjourn,adjournment,meeting ends,fin,fin de la reunion,fin de la reunion,fim,fim da reuniao,ende,ende der veranstaltung,slutt,slut,konec,конец,النهايه,fin de la journee,fin de la seance",
})

// backMatter opens what is not agenda.
var backMatter = newLexicon(entry[bool]{
	true,
	"minutes,meeting summary,summary of the meeting,recording,recording of,recordings,meeting recording,participants,list of participants,references,related documents,key resources,resources,background,hotels,hotel,accommodation,location information,transport,travel,contacts,contact,logistics,logistical notes,notes,practical information,remote access,remote attendance,actions,action items,meeting information,registration information,partners,sponsors,biographies,speakers bios,bios,about the speakers,questions and contacts,venue information,groups view," +
		"compte rendu,participants au,ressources,informations pratiques,hebergement,contacts utiles,biographies des," +
		"notas logisticas,notas,contactos,transporte,participantes inscritos,recursos,informacion practica,grabacion,contactos del dia," +
		"informacoes praticas,contatos,gravacao,conjuntos de dados utilizados,codigos," +
		"protokoll,anfahrt,teilnehmer,teilnehmerliste,kontakt,unterkunft,referat,deltakere,deltakerliste,praktisk informasjon,deltagare,praktisk information,kontakter," +
		"zaznam z,medailonky,medailonky hostu,kontakty,na konferenci vystoupi,partneri,участники,контакты,протокол,проживание,جهات الاتصال,المشاركون",
})

// genericWords say that an agenda follows, and nothing about the meeting.
// Those that are true open one, the others say less.
var genericWords = newLexicon(entry[bool]{false, "dates,home,main,menu,index,overview,public meetings,meeting,meetings,session,sessions"}, entry[bool]{
	true,
	"programm,tagungsprogramm,veranstaltungsprogramm,dagsprogram,agenda,draft agenda,annotated agenda,provisional agenda,meeting agenda,event agenda,programme,program,programa,draft programme,schedule,timetable,meeting overview,event schedule,conference schedule,agenda items," +
		"ordre du jour,projet d'ordre du jour,calendrier,horaires,orden del dia,cronograma,programacao,programacion,pauta,ordem do dia,tagesordnung,ablauf,ablaufplan,zeitplan,dagsorden,saksliste,dagordning,program konference,hlavni program,porad jednani,harmonogram,повестка,повестка дня,программа,расписание,جدول الاعمال,الاجنده,البرنامج,برنامج,დღის წესრიგი,პროგრამა",
})
