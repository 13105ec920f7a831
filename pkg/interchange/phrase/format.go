package phrase

import (
	"strings"

	"tamada/pkg/agenda"
)

// Format returns how people take part in a meeting that s describes.
func Format(s string) (agenda.Format, bool) {
	if f, at, _ := formats.find(words(s)); at >= 0 {
		return f, true
	}
	return "", false
}

// Platform returns the platform that s names: "Virtual Meeting via Microsoft
// Teams"; or "".
func Platform(s string) string {
	if name := KnownPlatform(s); name != "" {
		return name
	}
	for _, w := range []string{" via ", " on ", " par ", " por ", " über ", " på "} {
		if _, after, ok := strings.Cut(s, w); ok {
			return strings.TrimSpace(after)
		}
	}
	return ""
}

// KnownPlatform returns the platform in s if it is one that many use, or "".
func KnownPlatform(s string) string {
	list := words(s)
	name, at, n := platforms.find(list)
	if at < 0 {
		return ""
	}
	if name != "" {
		return name
	}
	return s[list[at].start:list[at+n-1].end]
}

// formats are the words for formats.
var formats = newLexicon(
	entry[agenda.Format]{agenda.Hybrid, "حضوري وعن بعد,حضوري وعبر الانترنت,смешанный,смешанный формат,очно и онлайн,ჰიბრიდული,შერეული,hybrid,hybride,hibrido,hibrida,hybridmote,hybridni,гибридный,гибридная,гибридно,هجين,mixte"},
	entry[agenda.Format]{agenda.OnlineFormat, "ონლაინ,virtual,virtually,online,on line,remote,webinar,videoconference,video conference,visioconference,en ligne,a distance,distanciel,virtuel,virtuelle,virtuell,en linea,a distancia,por videoconferencia,em linha,remoto,digitalt,digital meeting,pa nett,pa natet,online meeting,онлайн,дистанционно,видеоконференция,افتراضي,عن بعد,عبر الانترنت"},
	entry[agenda.Format]{agenda.InPerson, "ადგილზე დასწრებით,პირისპირ,in person,face to face,onsite,on site,physical,presentiel,en presentiel,presencial,in prasenz,vor ort,fysisk,fysiskt,prezencne,очно,очный,حضوري"},
)

// platforms are the names of platforms; "" is as written.
var platforms = newLexicon(
	entry[string]{"Microsoft Teams", "microsoft teams,ms teams"},
	entry[string]{"", "teams,zoom,webex,cisco webex,google meet,skype,skype for business,jitsi,bigbluebutton,gotomeeting,interactio,kudo,youtube"},
)
