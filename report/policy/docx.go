package policy

import (
	"fmt"
	"io"
	"time"

	"cookiescan/report/docx"
)

// writeDocx writes a page as a document for a word processor, of the day on
// which the policy was updated. What leads to another place of the page or to
// another file is text in it, and so is the button.
func writeDocx(w io.Writer, p *Page, _ *Look) error {
	d := docx.Document{Title: p.Title, Lang: p.Lang, Author: p.Author, Version: p.Version, Header: p.Draft}
	if day, err := time.Parse(time.DateOnly, p.Updated); err == nil {
		d.Created = day
	}
	for _, l := range p.Lead {
		d.Blocks = append(d.Blocks, docx.Paragraph(docxRuns(l)))
	}
	for _, s := range p.Sections {
		if s.Title != "" {
			d.Blocks = append(d.Blocks, docx.Heading{Level: 1, Text: docx.Text(s.Title)})
		}
		for _, b := range s.Blocks {
			d.Blocks = append(d.Blocks, docxBlock(b))
		}
	}
	if err := docx.Write(w, d); err != nil {
		return fmt.Errorf("writing the policy as docx: %w", err)
	}
	return nil
}

func docxBlock(b Block) docx.Block {
	switch {
	case b.Heading != "":
		return docx.Heading{Level: 2, Text: docx.Text(b.Heading)}
	case b.Items != nil:
		list := docx.List{}
		for _, l := range b.Items {
			list.Items = append(list.Items, docxRuns(l))
		}
		return list
	case b.Table != nil:
		return docxTable(b.Table)
	case b.Control != nil:
		return docx.Paragraph{{Text: b.Control.Text, Bold: true}}
	}
	return docx.Paragraph(docxRuns(b.Paragraph))
}

func docxTable(t *Table) docx.Table {
	out := docx.Table{Caption: t.Caption, Widths: t.Widths}
	for _, c := range t.Columns {
		out.Titles = append(out.Titles, docx.Text(c))
	}
	for _, r := range t.Rows {
		var row []docx.Cell
		for _, c := range r.Cells {
			var cell docx.Cell
			for _, l := range c.Lines {
				cell = append(cell, docxRuns(l))
			}
			row = append(row, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func docxRuns(l Line) []docx.Run {
	var runs []docx.Run
	for _, s := range l {
		runs = append(runs, docx.Run{Text: s.Text, Code: s.Code, Link: href(s.Href)})
	}
	return runs
}
