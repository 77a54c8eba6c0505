// Checks what Anjie gives to auditors with the verifiers of Go's checksum database (golang.org/x/mod/sumdb):
// verify DIRECTORY. It knows the leaves only as their text, and shares no code with Anjie.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const leafCount = 300

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func read(dir, name string) []byte {
	data, err := os.ReadFile(filepath.Join(dir, name))
	must(err)
	return data
}

func hashes(words []string) []tlog.Hash {
	var list []tlog.Hash
	for _, word := range words {
		h, err := tlog.ParseHash(word)
		must(err)
		list = append(list, h)
	}
	return list
}

func number(word string) int64 {
	n, err := strconv.ParseInt(word, 10, 64)
	must(err)
	return n
}

// leaves holds a whole log in memory, as the checksum database stores it.
type leaves []tlog.Hash

func (l *leaves) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, i := range indexes {
		list = append(list, (*l)[i])
	}
	return list, nil
}

// tiles reads our tile files. Go puts the tile's height into the path, C2SP does not.
type tiles struct{ dir string }

func (t tiles) Height() int                          { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range list {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(t.dir, path))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func lines(dir, name string, each func(words []string)) int {
	count := 0
	scanner := bufio.NewScanner(strings.NewReader(string(read(dir, name))))
	for scanner.Scan() {
		each(strings.Fields(scanner.Text()))
		count++
	}
	must(scanner.Err())
	if count == 0 {
		log.Fatalf("%s is empty", name)
	}
	return count
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(dir, "vkey"))))
	must(err)
	known := note.VerifierList(verifier)

	var stored leaves
	roots := map[int64]tlog.Hash{}
	for i := int64(0); i < leafCount; i++ {
		list, err := tlog.StoredHashes(i, []byte(fmt.Sprintf("event-%d", i)), &stored)
		must(err)
		stored = append(stored, list...)
		root, err := tlog.TreeHash(i+1, &stored)
		must(err)
		roots[i+1] = root
	}

	checkpoints, err := filepath.Glob(filepath.Join(dir, "checkpoint-*"))
	must(err)
	if len(checkpoints) == 0 {
		log.Fatal("no checkpoints")
	}
	for _, path := range checkpoints {
		opened, err := note.Open(read(dir, filepath.Base(path)), known)
		must(err)
		part := strings.Split(opened.Text, "\n")
		if part[0] != verifier.Name() || part[2] != base64.StdEncoding.EncodeToString(root(roots, number(part[1]))) {
			log.Fatalf("%s: another origin or root", path)
		}
		if len(opened.UnverifiedSigs) != 1 {
			log.Fatalf("%s: the SM2 line is to be passed over", path)
		}
	}
	inclusions := lines(dir, "inclusion.txt", func(words []string) {
		index, size := number(words[0]), number(words[1])
		leaf := tlog.RecordHash([]byte(fmt.Sprintf("event-%d", index)))
		must(tlog.CheckRecord(tlog.RecordProof(hashes(words[2:])), size, roots[size], index, leaf))
	})
	consistencies := lines(dir, "consistency.txt", func(words []string) {
		old, size := number(words[0]), number(words[1])
		must(tlog.CheckTree(tlog.TreeProof(hashes(words[2:])), size, roots[size], old, roots[old]))
	})
	reader := tlog.TileHashReader(tlog.Tree{N: leafCount, Hash: roots[leafCount]}, tiles{dir})
	for i := int64(0); i < leafCount; i++ {
		list, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
		must(err)
		if list[0] != tlog.RecordHash([]byte(fmt.Sprintf("event-%d", i))) {
			log.Fatalf("the tile has another leaf %d", i)
		}
	}
	fmt.Printf("%d checkpoints, %d inclusion and %d consistency proofs, tiles of %d leaves\n",
		len(checkpoints), inclusions, consistencies, leafCount)
}

func root(roots map[int64]tlog.Hash, size int64) []byte {
	hash := roots[size]
	return hash[:]
}
