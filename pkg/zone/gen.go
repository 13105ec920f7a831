//go:build ignore

// Gen packs Debian's tzdata package into zoneinfo.zip.
//
//	go run gen.go                 downloads the package with apt-get
//	go run gen.go tzdata_*.deb    packs a package that is already here
//
// The archive holds one entry for each distinct zone, named as in the package;
// an entry "links" with a line "alias target" for each further name of the same
// content; and an entry "version". It is the same for the same package, byte for byte.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	dir, err := os.MkdirTemp("", "zone")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	deb, err := debianPackage(dir)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(dir, "dpkg-deb", "-x", deb, "."); err != nil {
		log.Fatal(err)
	}
	if err := pack(filepath.Join(dir, "usr/share/zoneinfo")); err != nil {
		log.Fatal(err)
	}
}

// debianPackage is the path of the package: the argument, or a fresh download into dir.
func debianPackage(dir string) (string, error) {
	if len(os.Args) > 1 {
		return filepath.Abs(os.Args[1])
	}
	if err := run(dir, "apt-get", "download", "tzdata"); err != nil {
		return "", err
	}
	found, err := filepath.Glob(filepath.Join(dir, "tzdata_*.deb"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("tzdata package in %s: %d found: %v", dir, len(found), err)
	}
	return found[0], nil
}

func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stderr = dir, os.Stderr
	return c.Run()
}

func pack(root string) error {
	version, err := dataVersion(root)
	if err != nil {
		return err
	}
	names, err := zoneNames(root)
	if err != nil {
		return err
	}
	var out, links bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	first := map[[32]byte]string{}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		if target, ok := first[sum]; ok {
			fmt.Fprintf(&links, "%s %s\n", name, target)
			continue
		}
		first[sum] = name
		if err := add(w, name, data); err != nil {
			return err
		}
	}
	if err := add(w, "links", links.Bytes()); err != nil {
		return err
	}
	if err := add(w, "version", []byte(version)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	log.Printf("tzdata %s: %d names, %d zones, %d bytes", version, len(names), len(first), out.Len())
	return os.WriteFile("zoneinfo.zip", out.Bytes(), 0o644)
}

// dataVersion reads the first line of tzdata.zi, "# version 2026f".
func dataVersion(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, "tzdata.zi"))
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	version, ok := strings.CutPrefix(line, "# version ")
	if !ok {
		return "", fmt.Errorf("tzdata.zi: first line %q: version expected", line)
	}
	return version, nil
}

// zoneNames lists the zones under root in order. Left out: the copies under posix and
// right (leap seconds), and the names that stand for no place (Factory, localtime).
func zoneNames(root string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		switch name {
		case "posix", "right":
			return fs.SkipDir
		case "Factory", "localtime", "posixrules":
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil && bytes.HasPrefix(data, []byte("TZif")) {
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

func add(w *zip.Writer, name string, data []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}
