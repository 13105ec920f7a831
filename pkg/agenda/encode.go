package agenda

import (
	"encoding/json"
	"fmt"
)

// FormatNumber is the number of the format that [Encode] writes. It grows when
// the meaning of stored fields changes; [Decode] reads every format there was.
const FormatNumber = 1

// stored is the envelope of an event at rest.
type stored struct {
	Format int    `json:"format"`
	Event  *Event `json:"event"`
}

// Encode returns e as JSON for storage. The same event gives the same bytes.
// It is not the public form: that is documented, and made by interchange.
func Encode(e *Event) ([]byte, error) {
	return json.Marshal(stored{FormatNumber, e})
}

// Decode returns the event that [Encode] wrote, in this or an older format.
func Decode(b []byte) (*Event, error) {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("stored event: %w", err)
	}
	if s.Format != FormatNumber || s.Event == nil {
		return nil, fmt.Errorf("stored event: format %d is not known to this version", s.Format)
	}
	return s.Event, nil
}

// Clone returns a deep copy of e.
func (e *Event) Clone() (*Event, error) {
	b, err := Encode(e)
	if err != nil {
		return nil, err
	}
	return Decode(b)
}
