// Lets Go's own log code judge what we make: golang.org/x/mod/sumdb note and tlog.
// One question a line as JSON on standard input; the answer is "ok" or "refused: why", a line each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Do      string            `json:"do"`
	Vkey    string            `json:"vkey"`
	Note    string            `json:"note"`
	Size    int64             `json:"size"`
	Root    []byte            `json:"root"`
	Index   int64             `json:"index"`
	Entry   []byte            `json:"entry"`
	OldSize int64             `json:"old_size"`
	OldRoot []byte            `json:"old_root"`
	Proof   [][]byte          `json:"proof"`
	Tiles   map[string][]byte `json:"tiles"`
	Leaves  [][]byte          `json:"leaves"`
}

func hash(data []byte) tlog.Hash {
	var h tlog.Hash
	if len(data) != len(h) {
		panic("a hash of another length")
	}
	copy(h[:], data)
	return h
}

func hashes(data [][]byte) []tlog.Hash {
	var found []tlog.Hash
	for _, each := range data {
		found = append(found, hash(each))
	}
	return found
}

// checkpoint opens the signed note and compares its three lines with size and root.
func checkpoint(q question) error {
	verifier, err := note.NewVerifier(q.Vkey)
	if err != nil {
		return err
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifier))
	if err != nil {
		return err
	}
	want := fmt.Sprintf("%s\n%d\n%s\n", verifier.Name(), q.Size, hash(q.Root))
	if opened.Text != want {
		return fmt.Errorf("the note says %q", opened.Text)
	}
	return nil
}

// files reads tiles by the paths of C2SP tlog-tiles, which leave out the height that Go's paths name.
type files map[string][]byte

func (f files) Height() int { return 8 }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, ok := f[path]
		if !ok {
			return nil, fmt.Errorf("%s is missing", path)
		}
		found = append(found, data)
	}
	return found, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

// tiles reads every leaf through the tiles, each authenticated against the root by Go.
func tiles(q question) error {
	reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: hash(q.Root)}, files(q.Tiles))
	var places []int64
	for index := int64(0); index < q.Size; index++ {
		places = append(places, tlog.StoredHashIndex(0, index))
	}
	found, err := reader.ReadHashes(places)
	if err != nil {
		return err
	}
	for index, leaf := range q.Leaves {
		if found[index] != hash(leaf) {
			return fmt.Errorf("leaf %d is another one", index)
		}
	}
	return nil
}

func judge(q question) error {
	switch q.Do {
	case "checkpoint":
		return checkpoint(q)
	case "inclusion":
		return tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.Index, tlog.RecordHash(q.Entry))
	case "consistency":
		return tlog.CheckTree(hashes(q.Proof), q.Size, hash(q.Root), q.OldSize, hash(q.OldRoot))
	case "tiles":
		return tiles(q)
	}
	panic("no such question: " + q.Do)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			panic(err)
		}
		if err := judge(q); err != nil {
			fmt.Println("refused:", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println("ok")
		}
	}
}
