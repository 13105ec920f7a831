package phrase

// fieldWords are the labels of fields, for lines ("Venue: …"), columns and
// front matter.
var fieldWords = []entry[Field]{
	{DateField, "date,dates,date and time,when,day,fecha,fechas,data,datas,datum,dato,tid og dato,dato og tid,quand,cuando,quando,wann,nar,kdy,дата,дата и время,когда,التاريخ,التاريخ والوقت,date et heure,fecha y hora,data e hora,datum und uhrzeit,event date desc,თარიღი"},
	{TimeField, "time,times,timing,timings,time slot,hours,start,start time,from,hour,clock,heure,heures,horaire,horaires,hora,horas,horario,uhrzeit,zeit,beginn,tid,klokkeslett,klockslag,cas,время,начало,الوقت,الساعه,დრო"},
	{EndField, "end,end time,until,to,fin,fim,ende,slutt,slut,konec,конец,النهايه"},
	{DurationField, "duration,length,minutes,min,mins,duree,duracion,duracao,dauer,varighet,varaktighet,delka,длительность,продолжительность,المده"},
	{VenueField, "مكان الانعقاد,ჩატარების ადგილი,venue,place,location,where,address,lieu,adresse,ou,lugar,ubicacion,sede,donde,local,onde,endereco,ort,veranstaltungsort,wo,sted,hvor,lokale,plats,var,adress,misto,kde,место,место проведения,где,адрес,المكان,الموقع,ადგილი"},
	{RoomField, "القاعات,დარბაზები,room,rooms,hall,salle,salles,sala,salas,raum,saal,rom,sal,rum,mistnost,sal,зал,кабинет,القاعه,დარბაზი"},
	{FormatField, "ფორმატი,صيغه الانعقاد,format,meeting format,type,modalite,modalidad,modalidade,modalidad del evento,formato,formate,form,формат,формат встречи,الشكل,صيغه الاجتماع"},
	{PlatformField, "platform,plateforme,plataforma,plattform,платформа,المنصه,platforma"},
	{ApproachField, "მიდგომა,форма работы,اسلوب العمل,მუშაობის ფორმა,forma de trabajo,methode de travail,arbeidsmate,approach,method,methodology,approche,methode,enfoque,metodologia,abordagem,ansatz,vorgehen,tilnarming,arbeidsform,arbetsform,pristup,подход,المنهج"},
	{LanguageField, "language,languages,working language,working languages,lang,langue,langues,langue de travail,idioma,idiomas,lengua,lingua,sprache,sprachen,arbeitssprache,sprak,jazyk,язык,языки,рабочий язык,اللغه,لغه العمل"},
	{ThemeField, "theme,themes,tema,temas,thematique,thema,tema"},
	{TitleField, "title,topic,topics,subject,session,sessions,item,agenda item,activity,description of item,event,what,summary,name,titre,sujet,intitule,activite,point,point de l'ordre du jour,titulo,asunto,actividad,sesion,que,o que,assunto,atividade,titel,programmpunkt,was,tittel,emne,hva,rubrik,amne,vad,nazev,co,название,тема доклада,мероприятие,что,العنوان,الموضوع,الجلسه,სესია"},
	{AbstractField, "description,abstract,details,content,resume,contenu,descripcion,detalle,contenido,descricao,detalhes,beschreibung,inhalt,beskrivelse,innhold,beskrivning,innehall,popis,anotace,описание,содержание,الوصف,ingress text,excerpt"},
	{QuestionsField, "questions for discussion,questions a debattre,preguntas para el debate,sporsmal til diskusjon,სადისკუსიო კითხვები,guiding questions,questions,discussion questions,questions for discussion,questions directrices,questions de discussion,preguntas,preguntas orientadoras,preguntas guia,perguntas,perguntas orientadoras,leitfragen,fragen,sporsmal,diskusjonssporsmal,fragor,diskussionsfragor,otazky,otazky k diskusi,вопросы,вопросы для обсуждения,اسئله,اسئله للنقاش"},
	{OrganiserField, "organiser,organisers,organizer,organizers,organised by,organized by,organisateur,organisateurs,organise par,organizador,organizadores,organiza,veranstalter,arrangor,arrangorer,arrangeras av,arrangor,poradatel,organizator,организатор,организаторы,المنظم,co organisers,co organizers"},
	{AudienceField, "audience,participants,target audience,public,publico,zielgruppe,malgruppe,malgrupp,for,cilova skupina,аудитория,الجمهور"},
	{ZoneField, "სასაათო სარტყელი,zone,time zone,timezone,fuseau horaire,zona horaria,fuso horario,zeitzone,tidssone,tidszon,casove pasmo,часовой пояс,المنطقه الزمنيه"},
	{PeopleField, "who,by,people,person,persons,names,qui,qui intervient,par,quien,quem,por,wer,hvem,vem,kdo,кто,من,ansvarlige,presenter s"},
	{CapacityField, "capacity,seats,places,capacite,capacidad,capacidade,kapazitat,kapasitet,kapacitet,kapacita,вместимость,السعه"},
	{KindField, "kind,session type,event type,sessiontype,category"},
	{TrackField, "track,tracks,stream,strand,piste,parcours,filon"},
	{NoteField, "comments,comment,remarks,notes,material,materials,link,links,slides,commentaires,remarques,comentarios,bemerkungen,merknader,anmarkningar,poznamka,примечание,ملاحظات,materiais,documents"},
	{IDField, "id,code,uid,guid,identifier"},
	{LinkField, "url,website,web,href"},
	{StartField, "event date,starts,starts at,begin"},
}

// fields finds a label that is a phrase of the table as a whole.
var fields = newLexicon(fieldWords...)

// columns finds phrases of the table inside the header of a column: "Time
// (GMT+1)", "Topic (link to presentation)". Short and common words count only
// as the whole of a header.
var columns = newLexicon(
	entry[Field]{TimeField, "time,timing,heure,horaire,hora,horario,uhrzeit,zeit,klokkeslett,время,الوقت"},
	entry[Field]{DateField, "date,fecha,datum,дата,التاريخ"},
	entry[Field]{DurationField, "duration,duree,duracion,duracao,dauer,minutes,minutos"},
	entry[Field]{TitleField, "topic,title,agenda item,session title,titre,sujet,titulo,tema,название,العنوان"},
	entry[Field]{PeopleField, "presenter,speaker,speakers,intervenant,ponente,palestrante,lead,responsible,foredragsholder,speaker name"},
	entry[Field]{RoomField, "room,salle,sala,raum"},
	entry[Field]{AbstractField, "description,abstract"},
)
