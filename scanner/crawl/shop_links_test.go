package crawl

import (
	"fmt"
	"strings"
)

// linksOf lists what a page of the shop links to, besides the menu.
func (s *shop) linksOf(p shopPage, path, query string) (to []string) {
	some := func(n int, name string, path func(*shop, int) string, size int) {
		for k := range n {
			to = append(to, path(s, int(hash(fmt.Sprint(s.seed, p.template.name, p.i, name, k))%uint64(size))))
		}
	}
	every := func(n int, path func(*shop, int) string) {
		for i := range n {
			to = append(to, path(s, i))
		}
	}
	templates := s.templates
	related := func(n int, names ...string) {
		for _, name := range names {
			some(n, name, templates[name].path, templates[name].n)
		}
	}
	switch p.template.name {
	case "/":
		every(20, templates["category"].path)
		every(6, templates["legal"].path)
		related(8, "product", "post", "guide", "video", "recipe", "lookbook", "store")
	case "/brands":
		every(25, templates["brand"].path)
	case "/blog/":
		to = append(to, s.blog(query)...)
		every(60, templates["tag"].path)
		every(12, templates["author"].path)
	case "/help/":
		every(10, templates["topic"].path)
	case "/stores":
		every(80, templates["store"].path)
	case "/press":
		every(50, templates["press"].path)
	case "/jobs":
		every(40, templates["job"].path)
	case "/events":
		to = append(to, "/events?month=2026-05")
	case "/community/", "thread":
		for _, t := range []string{"thread", "user"} {
			n := len(to)
			related(10, t)
			for i := range to[n:] { // ids of this visit
				to[n+i] += fmt.Sprintf("?zx=%016x&sid=%016x", hash("zx"+path+query), hash("sid"+path+query))
			}
		}
	case "topic":
		for i := p.i; i < 150; i += 10 {
			to = append(to, templates["article"].path(s, i))
		}
	case "category":
		every(60, templates["category"].path)
		to = append(to, s.listing(s.byKind[shopKinds[p.i%20]], path, query)...)
		for _, color := range shopColors {
			for _, more := range []string{"", "&size=9", "&sort=price", "&size=9&sort=price", "&brand=acme&sort=new"} {
				to = append(to, path+"?color="+color+more)
			}
		}
	case "brand":
		to = append(to, s.listing(s.byBrand[shopBrands[p.i]], path, query)...)
	case "product":
		to = append(to, path+"/reviews", "/brand/"+s.brand(p.i))
		related(8, "product")
	case "post":
		to = append(to, strings.TrimRight(path, "-abcdefghijklmnopqrstuvwxyz0123456789")[:len("/blog/2020/01/")])
		related(3, "post", "product", "guide", "recipe")
	case "guide", "video", "recipe", "lookbook":
		related(6, p.template.name, "product")
	}
	return to
}

// listing is one page of a list of products, 24 each.
func (s *shop) listing(products []int, path, query string) []string {
	n := 1
	_, _ = fmt.Sscanf(query, "page=%d", &n)
	var to []string
	for i := 24 * (n - 1); i < min(24*n, len(products)); i++ {
		to = append(to, s.product(products[i]))
	}
	if 24*n < len(products) {
		to = append(to, fmt.Sprintf("%s?page=%d", path, n+1))
	}
	return to
}

// blog is one page of the list of posts, 20 each.
func (s *shop) blog(query string) []string {
	n := 1
	_, _ = fmt.Sscanf(query, "page=%d", &n)
	var to []string
	for i := 20 * (n - 1); i < min(20*n, 400); i++ {
		to = append(to, s.post(i))
	}
	return append(to, fmt.Sprintf("/blog/?page=%d", n%20+1))
}

// sitemap lists the products and posts.
func (s *shop) sitemap() []string {
	var list []string
	for i := range s.products {
		for _, l := range shopLangs {
			list = append(list, shopURL+l+s.product(i))
		}
	}
	for i := range 400 {
		list = append(list, shopURL+s.post(i))
	}
	return list
}
