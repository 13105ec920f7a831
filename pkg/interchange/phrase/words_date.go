package phrase

import "time"

// months are the names of the months, with the forms that dates put them in.
var months = newLexicon(
	entry[time.Month]{1, "january,jan,janvier,janv,januar,januari,enero,ene,janeiro,leden,ledna,январь,января,янв,يناير,كانون الثاني,gennaio,იანვარი,იანვარს"},
	entry[time.Month]{2, "february,feb,fevrier,fevr,februar,februari,febrero,fevereiro,fev,unor,unora,февраль,февраля,февр,فبراير,شباط,თებერვალი,თებერვალს"},
	entry[time.Month]{3, "march,mar,mars,marz,maerz,marzo,marco,brezen,brezna,март,марта,مارس,اذار,მარტი,მარტს"},
	entry[time.Month]{4, "april,apr,avril,avr,abril,abr,duben,dubna,апрель,апреля,апр,ابريل,نيسان,აპრილი,აპრილს"},
	entry[time.Month]{5, "may,mai,maj,mayo,maio,kveten,kvetna,май,мая,مايو,ايار,მაისი,მაისს"},
	entry[time.Month]{6, "june,jun,juin,juni,junio,junho,cerven,cervna,июнь,июня,يونيو,حزيران,ივნისი,ივნისს"},
	entry[time.Month]{7, "july,jul,juillet,juil,juli,julio,julho,cervenec,cervence,июль,июля,يوليو,تموز,ივლისი,ივლისს"},
	entry[time.Month]{8, "august,aug,aout,augusti,agosto,srpen,srpna,август,августа,авг,اغسطس,اب,აგვისტო,აგვისტოს"},
	entry[time.Month]{9, "september,sep,sept,septembre,septiembre,setembro,zari,сентябрь,сентября,сент,سبتمبر,ايلول,სექტემბერი,სექტემბერს"},
	entry[time.Month]{10, "october,oct,octobre,oktober,okt,octubre,outubro,rijen,rijna,октябрь,октября,окт,اكتوبر,تشرين الاول,ოქტომბერი,ოქტომბერს"},
	entry[time.Month]{11, "november,nov,novembre,noviembre,novembro,listopad,listopadu,ноябрь,ноября,нояб,نوفمبر,تشرين الثاني,ნოემბერი,ნოემბერს"},
	entry[time.Month]{12, "december,dec,decembre,dezember,dez,desember,diciembre,dic,dezembro,prosinec,prosince,декабрь,декабря,дек,ديسمبر,كانون الاول,დეკემბერი,დეკემბერს"},
)

// weekdays are the names of the days of the week; 0 is Sunday.
var weekdays = newLexicon(
	entry[int]{0, "sunday,sun,dimanche,dim,sonntag,domingo,dom,sondag,nedele,воскресенье,вс,الاحد,კვირა"},
	entry[int]{1, "monday,mon,lundi,lun,montag,lunes,segunda feira,segunda,mandag,mandags,pondeli,понедельник,пн,الاثنين,ორშაბათი"},
	entry[int]{2, "tuesday,tue,tues,mardi,dienstag,martes,terca feira,tirsdag,tisdag,utery,вторник,вт,الثلاثاء,სამშაბათი"},
	entry[int]{3, "wednesday,wed,mercredi,mer,mittwoch,miercoles,quarta feira,onsdag,streda,среда,среду,ср,الاربعاء,ოთხშაბათი"},
	entry[int]{4, "thursday,thu,thur,thurs,jeudi,jeu,donnerstag,jueves,quinta feira,torsdag,ctvrtek,четверг,чт,الخميس,ხუთშაბათი"},
	entry[int]{5, "friday,fri,vendredi,ven,freitag,viernes,sexta feira,fredag,patek,пятница,пятницу,пт,الجمعه,პარასკევი"},
	entry[int]{6, "saturday,sat,samedi,sam,samstag,sabado,lordag,sobota,суббота,субботу,сб,السبت,შაბათი"},
)

// dayWords are the words for "day" before a number.
var dayWords = newLexicon(entry[bool]{true, "day,jour,journee,dia,tag,dag,den,день,اليوم,დღე"})

// ordinals are numbers of days in words.
var ordinals = newLexicon(
	entry[int]{1, "one,first,un,premier,uno,primero,primer,um,primeiro,eins,erster,en,forste,ett,forsta,prvni,первый,один,الاول"},
	entry[int]{2, "two,second,deux,deuxieme,dos,segundo,dois,zwei,zweiter,to,andre,tva,andra,druhy,второй,два,الثاني"},
	entry[int]{3, "three,third,trois,troisieme,tres,tercero,tercer,terceiro,drei,dritter,tre,tredje,treti,третий,три,الثالث"},
	entry[int]{4, "four,fourth,quatre,quatrieme,cuatro,cuarto,quatro,vier,vierter,fire,fjerde,fyra,ctvrty,четвёртый,четыре,الرابع"},
	entry[int]{5, "five,fifth,cinq,cinco,quinto,funf,fem,femte,paty,пятый,пять,الخامس"},
)

// suffixes make numbers of days ordinal; linking words stand between the parts
// of a date; together joins two days.
var (
	suffixes  = set("st nd rd th er re e o a º ª го й ого")
	linking   = set("of de del du the en el da do г года")
	yearWords = set("г года წელი წელს წლის roku")
	together  = set("and et y e und og och a и to au al bis til till do по و")
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words(list) {
		m[w.text] = true
	}
	return m
}
