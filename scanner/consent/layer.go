package consent

import (
	"context"
	"slices"
)

// open opens the second layer and looks at what is on there.
func (t *attempt) open(ctx context.Context) (bool, error) {
	s, err := t.look(ctx)
	if err != nil {
		return false, err
	}
	c, i := t.choose(s, RoleSettings)
	if i < 0 {
		return false, nil
	}
	t.offered = true
	hit, err := t.press(ctx, i, Step{Role: RoleSettings, Text: c.Text, Layer: 1, Method: ByHeuristic})
	if err != nil || !hit {
		return false, err
	}
	for _, d := range goingTime() {
		if d > 0 {
			if err := t.wait(ctx, d); err != nil {
				return false, err
			}
		}
		s, err := t.look(ctx)
		if err != nil {
			return false, err
		}
		if l, ok := s.second(t.banner.id); ok {
			t.remember(l.controls)
			return true, nil
		}
	}
	return false, nil
}

// remember keeps what was on before any choice.
func (t *attempt) remember(list []Control) {
	t.out.Preticked = join(t.out.Preticked, preticked(list))
	t.out.Interests = join(t.out.Interests, interests(list))
}

// join appends the names that are not there yet.
func join(names, more []string) []string {
	for _, name := range more {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// layered answers on the second layer: by its button, or by switching what can be
// switched and saving. A banner that has only switches is answered so at once.
func (t *attempt) layered(role Role) way {
	return func(ctx context.Context) (bool, error) {
		offered := t.offered
		opened, err := t.open(ctx)
		t.offered = offered // settings alone offer nothing
		if err != nil {
			return false, err
		}
		s, err := t.look(ctx)
		if err != nil {
			return false, err
		}
		layer, ok := s.second(t.banner.id)
		if !ok || !opened && !hasToggles(layer.controls) {
			return false, nil
		}
		if c, i := pick(s, layer.controls, role); i >= 0 {
			t.offered = true
			if _, done, err := t.pressControl(ctx, i, c, layerOf(opened)); err != nil || done {
				return done, err
			}
		}
		return t.switchAll(ctx, layerOf(opened), role == RoleAccept)
	}
}

func layerOf(opened bool) int {
	if opened {
		return 2
	}
	return 1
}

func hasToggles(list []Control) bool {
	return slices.ContainsFunc(list, func(c Control) bool { return c.Role == RoleToggle })
}

// switchAll switches on, or off, what is not and may be, then saves.
func (t *attempt) switchAll(ctx context.Context, layer int, on bool) (bool, error) {
	tried, turned := map[NodeID]bool{}, map[string]bool{}
	for {
		s, err := t.look(ctx)
		if err != nil {
			return false, err
		}
		l, ok := s.second(t.banner.id)
		if !ok {
			return t.gone(ctx)
		}
		k := slices.IndexFunc(l.controls, func(c Control) bool { return c.otherwise(on) && !tried[c.ID] })
		if k < 0 {
			if i := s.tab(l.root, turned); i >= 0 {
				if err := t.turn(ctx, i, layer); err != nil {
					return false, err
				}
				continue
			}
			return t.save(ctx, s, l, layer, on)
		}
		c := l.controls[k]
		tried[c.ID] = true
		i := s.Index(c.ID)
		if on && s.Nodes[i].isRadio() {
			i = s.accepting(i)
		}
		if i = s.pressable(i); i < 0 {
			continue
		}
		if err := t.toggle(ctx, i, Step{Role: RoleToggle, Text: c.Text, Layer: layer, Method: ByHeuristic}, on); err != nil {
			return false, err
		}
	}
}

// toggle presses a switch: a slider at the end at which it is to be.
func (t *attempt) toggle(ctx context.Context, i int, st Step, on bool) error {
	t.full = on
	_, err := t.press(ctx, i, st)
	t.full = false
	return err
}

// otherwise tells a switch that is not as all are to be, and could be.
func (c Control) otherwise(on bool) bool {
	return c.Role == RoleToggle && !c.Locked && (c.On != on || c.Open)
}

// tab is the tab of a part of a layer that was not looked at yet, -1 if there
// is none. It is taken down as seen, by its name: some layers draw themselves
// anew with every press.
func (s *Snapshot) tab(root int, seen map[string]bool) int {
	next := -1
	for _, i := range s.all(root) {
		n := &s.Nodes[i]
		if n.Attr["role"] != "tab" || !s.visible(i) || seen[s.name(i)] {
			continue
		}
		if n.Attr["aria-selected"] == "true" {
			seen[s.name(i)] = true
		} else if next < 0 {
			next = i
		}
	}
	if next >= 0 {
		seen[s.name(next)] = true
	}
	return next
}

// turn opens a tab and looks at what is on there.
func (t *attempt) turn(ctx context.Context, i int, layer int) error {
	if _, err := t.press(ctx, i, Step{Role: RoleMore, Layer: layer, Method: ByHeuristic}); err != nil {
		return err
	}
	s, err := t.look(ctx)
	if err != nil {
		return err
	}
	if l, ok := s.second(t.banner.id); ok {
		t.remember(l.controls)
	}
	return nil
}

// save presses the button that keeps the choice, unless a switch could not be
// brought to where it was to be: what would be kept is another answer.
func (t *attempt) save(ctx context.Context, s *Snapshot, l candidate, layer int, on bool) (bool, error) {
	if !hasToggles(l.controls) && on {
		return false, nil // nothing is accepted by keeping what is not shown
	}
	if slices.ContainsFunc(l.controls, func(c Control) bool { return c.otherwise(on) && !c.Open }) {
		t.offered = true
		return false, nil
	}
	c, i := pick(s, l.controls, RoleSave)
	if i < 0 {
		return false, nil
	}
	t.offered = true
	_, done, err := t.pressControl(ctx, i, c, layer)
	return done, err
}
