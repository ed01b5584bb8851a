package crawl

import (
	"fmt"
	"strings"
)

// shop is a simulated shop of 10,000 products in four languages.
type shop struct {
	seed      int
	products  int
	blind     bool // one page in five of every template does something of its own, by chance
	templates map[string]shopTemplate
	pages     map[string]shopPage // by path
	byKind    map[string][]int    // products
	byBrand   map[string][]int

	brands, kinds, paths []string // of the products
}

const shopURL = "https://shop.test"

// shopTemplate is one kind of page of the shop.
type shopTemplate struct {
	name string
	n    int // pages
	path func(s *shop, i int) string
	part int                         // one page in part sets a cookie that the others do not; 1: none does
	by   func(s *shop, i int) string // what decides which pages do; nil: chance
}

type shopPage struct {
	template shopTemplate
	i        int
}

var (
	shopBrands = strings.Fields("acme bolt corvo delta ember frost gusto halo indigo jasper kappa lumen mango nova orbit pico quartz rhino sable tango ultra vento wolf xeno yarrow")
	shopKinds  = strings.Fields("shoe boot sandal hat cap scarf glove belt bag wallet watch ring shirt blouse jacket coat trouser skirt dress sock")
	shopColors = strings.Fields("red blue green black white grey yellow pink brown orange violet beige")
	shopLangs  = []string{"", "/de", "/fr", "/es"}
	shopMenu   = strings.Fields("/ /brands /blog/ /help/ /stores /press /jobs /cart /checkout /about /account/login /account/register /account/orders /account/wishlist /account/returns /gift-cards /size-guide /newsletter /events /community/")
)

func (s *shop) of(list []string, what string, i int) string {
	return list[hash(fmt.Sprint(what, s.seed, i))%uint64(len(list))]
}

func (s *shop) brand(i int) string   { return s.brands[i] }
func (s *shop) kind(i int) string    { return s.kinds[i] }
func (s *shop) product(i int) string { return s.paths[i] }

func (s *shop) post(i int) string {
	return fmt.Sprintf("/blog/%d/%02d/%s-and-%s-%d", 2020+i%5, 1+i%12, shopColors[i%12], shopKinds[i%20], i)
}

func slugs(what string) func(*shop, int) string {
	return func(_ *shop, i int) string {
		return fmt.Sprintf("/%s/%s-%s-%d", what, shopColors[i%12], shopKinds[i%20], i)
	}
}

func numbers(what string) func(*shop, int) string {
	return func(_ *shop, i int) string { return fmt.Sprintf("/%s/%d", what, 100+i) }
}

func words(what string, first, second []string) func(*shop, int) string {
	return func(_ *shop, i int) string {
		return "/" + what + "/" + first[i%len(first)] + second[i/len(first)%len(second)]
	}
}

// shopTemplates are the kinds of pages: 20 large ones, 20 single pages; lists,
// facets and a calendar come on top.
func shopTemplates(products int) []shopTemplate {
	none := []string{""}
	kinds20 := func(_ *shop, i int) string { return shopKinds[i%20] }
	brands25 := func(_ *shop, i int) string { return shopBrands[i%25] }
	list := []shopTemplate{
		{"product", products, (*shop).product, 5, nil},
		{"reviews", products, func(s *shop, i int) string { return s.product(i) + "/reviews" }, 4, (*shop).brand},
		{"category", 60, words("c", shopKinds, []string{"s", "-men", "-women"}), 4, kinds20},
		{"brand", 25, words("brand", shopBrands, none), 3, nil},
		{"post", 400, (*shop).post, 3, nil},
		{"tag", 60, words("blog/tag", shopKinds, shopColors), 4, kinds20},
		{"author", 12, words("blog/author", shopBrands, none), 3, nil},
		{"topic", 10, words("help", shopBrands, none), 3, nil},
		{"article", 150, func(_ *shop, i int) string {
			return fmt.Sprintf("/help/%s/%d-how-to-%s", shopBrands[i%10], i, shopKinds[i%20])
		}, 3, nil},
		{"store", 80, words("stores", shopBrands, shopColors), 3, nil},
		{"press", 50, slugs("press"), 3, nil},
		{"job", 40, numbers("jobs"), 3, nil},
		{"legal", 6, words("legal", shopKinds, none), 3, nil},
		{"lookbook", 20, slugs("lookbook"), 3, nil},
		{"guide", 70, slugs("guides"), 3, nil},
		{"video", 90, numbers("videos"), 3, nil},
		{"event", 100, numbers("events"), 3, nil},
		{"thread", 800, func(_ *shop, i int) string {
			return fmt.Sprintf("/community/t/%d-%s-%s", i, shopColors[i%12], shopKinds[i%20])
		}, 4, kinds20},
		{"user", 500, words("community/u", shopBrands, shopKinds), 4, brands25},
		{"recipe", 120, slugs("recipes"), 3, nil},
	}
	for _, p := range shopMenu {
		list = append(list, shopTemplate{name: p, n: 1, path: func(*shop, int) string { return p }, part: 1})
	}
	return list
}

func newShop(products, seed int) *shop {
	s := &shop{seed: seed, products: products, templates: map[string]shopTemplate{}, pages: map[string]shopPage{}, byKind: map[string][]int{}, byBrand: map[string][]int{}}
	for i := range products {
		s.brands = append(s.brands, s.of(shopBrands, "brand", i))
		s.kinds = append(s.kinds, s.of(shopKinds, "kind", i))
		s.paths = append(s.paths, fmt.Sprintf("/p/%s-%s-%s-%d", s.brands[i], s.of(shopColors, "color", i), s.kinds[i], 1000+i))
	}
	for _, t := range shopTemplates(products) {
		s.templates[t.name] = t
		for i := range t.n {
			s.pages[t.path(s, i)] = shopPage{t, i}
		}
	}
	for i := range products {
		s.byKind[s.kind(i)] = append(s.byKind[s.kind(i)], i)
		s.byBrand[s.brand(i)] = append(s.byBrand[s.brand(i)], i)
	}
	return s
}

// items are what a page stores, whatever its language.
func (p shopPage) items(s *shop) []string {
	list := []string{"site-1", "site-2", "site-3", "site-4", "site-5", "site-6", "all of " + p.template.name}
	if t := p.template; t.part > 1 {
		by := fmt.Sprint(p.i)
		if t.by != nil {
			by = t.by(s, p.i)
		}
		if s.blind { // nothing tells which pages do
			by, t.part = fmt.Sprint(p.i), 5
		}
		if chance(t.part, "part", s.seed, t.name, by) {
			list = append(list, "part of "+t.name)
		}
	}
	if p.template.name == "product" && s.brand(p.i) == shopBrands[s.seed%len(shopBrands)] {
		list = append(list, "chat of a brand")
	}
	return list
}

// all are the items that the shop stores anywhere.
func (s *shop) all() map[string]bool {
	all := map[string]bool{"facets": true, "page 2": true, "calendar": true, "some months": true, "archive": true}
	for _, p := range s.pages {
		for _, i := range p.items(s) {
			all[i] = true
		}
	}
	for _, l := range shopLangs[1:] {
		all["language "+l] = true
	}
	return all
}

// serve is the page of an address.
func (s *shop) serve(address string) served {
	path := strings.TrimPrefix(address, shopURL)
	lang := ""
	for _, l := range shopLangs[1:] {
		if rest, ok := strings.CutPrefix(path, l+"/"); ok {
			lang, path = l, "/"+rest
		}
	}
	path, query, _ := strings.Cut(path, "?")
	var to []string
	page, ok := s.pages[path]
	out := served{outline: page.template.name}
	switch {
	case strings.HasPrefix(path, "/events") && query != "":
		out.outline, out.items, to = "calendar", []string{"calendar"}, s.calendar(query)
		if chance(3, "month", s.seed, query) {
			out.items = append(out.items, "some months")
		}
	case !ok && strings.HasPrefix(path, "/blog/"):
		out.outline, out.items = "archive", []string{"archive"}
	case !ok:
		return served{outline: "404"}
	default:
		out.items, to = page.items(s), s.linksOf(page, path, query)
		if strings.Contains(query, "color") {
			out.items = append(out.items, "facets")
		}
		if strings.Contains(query, "page=") {
			out.items = append(out.items, "page 2")
		}
	}
	if lang != "" {
		out.items = append(out.items, "language "+lang)
	}
	for _, p := range append(to, shopMenu...) {
		out.links = append(out.links, Link{shopURL + lang + p, SourceLink})
	}
	for _, l := range shopLangs {
		out.links = append(out.links, Link{shopURL + l + path, SourceAlternate})
	}
	return out
}

// calendar lists the months beside a month, and some events.
func (s *shop) calendar(query string) []string {
	var year, month int
	if _, err := fmt.Sscanf(query, "month=%d-%d", &year, &month); err != nil {
		return nil
	}
	n := year*12 + month - 1
	var to []string
	for _, m := range []int{n - 1, n + 1} {
		to = append(to, fmt.Sprintf("/events?month=%d-%02d", m/12, m%12+1))
	}
	for i := range 5 {
		to = append(to, fmt.Sprintf("/events/%d", 100+(n*5+i)%100))
	}
	return to
}
