// Lunch poll: a page, three routes, and everything in memory.
package main

import (
	"embed"
	"encoding/json"
	"io/fs"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
)

//go:embed static
var static embed.FS

type option struct {
	Name  string `json:"name"`
	Votes int    `json:"votes"`
}

var (
	mutex   sync.Mutex
	options = []option{{"Noodle bar", 4}, {"Pizza oven", 6}, {"Salad corner", 2}, {"Curry house", 5}}
)

func list(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(options); err != nil {
		log.Print(err)
	}
}

func main() {
	files, err := fs.Sub(static, "static")
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("GET /", http.FileServerFS(files))
	http.HandleFunc("GET /api/options", func(w http.ResponseWriter, _ *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		list(w)
	})
	http.HandleFunc("POST /api/options", func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		if name := strings.TrimSpace(r.FormValue("name")); name != "" && len(options) < 50 {
			options = append(options, option{name, 0})
		}
		list(w)
	})
	http.HandleFunc("POST /api/votes", func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		for at := range options {
			if options[at].Name == r.FormValue("name") {
				options[at].Votes++
			}
		}
		list(w)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe("0.0.0.0:"+port, nil))
}
