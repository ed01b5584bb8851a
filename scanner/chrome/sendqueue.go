package chrome

import (
	"context"
	"sync"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/chromedp"
)

// sendQueue decouples those who send from the connection: an event handler runs on
// the reader's goroutine, and if it waited for the browser to read while the
// browser waits for us to read, both would hang.
type sendQueue struct {
	mu     sync.Mutex
	more   *sync.Cond
	queue  []*cdproto.Message
	closed bool
}

func newSendQueue() *sendQueue {
	q := &sendQueue{}
	q.more = sync.NewCond(&q.mu)
	return q
}

func (q *sendQueue) push(m *cdproto.Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queue = append(q.queue, m)
	q.more.Signal()
}

func (q *sendQueue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.more.Broadcast()
}

// drain writes what is queued until the queue is closed or the connection breaks; a
// broken one also ends the reader, which then closes the queue.
func (q *sendQueue) drain(conn chromedp.Transport) {
	for {
		q.mu.Lock()
		for len(q.queue) == 0 && !q.closed {
			q.more.Wait()
		}
		batch := q.queue
		q.queue = nil
		closed := q.closed
		q.mu.Unlock()
		for _, m := range batch {
			if conn.Write(context.Background(), m) != nil {
				return
			}
		}
		if closed {
			return
		}
	}
}
