// The few words the island itself puts on the page; everything else comes from the server.
const WORDS = {
  vi: {
    whole: 'Toàn sơ đồ', larger: 'Phóng to', smaller: 'Thu nhỏ', here: 'Đến bước hiện tại', now: 'Đang ở đây',
    late: 'Trễ hạn', times: 'lần', play: 'Chạy', stop: 'Dừng', failed: 'Không vẽ được sơ đồ này. Xem danh sách bước.',
    keys: 'Phím mũi tên để di chuyển, + và − để phóng to, thu nhỏ, 0 để xem toàn sơ đồ.'
  },
  en: {
    whole: 'Whole diagram', larger: 'Zoom in', smaller: 'Zoom out', here: 'Go to the present step', now: 'Here now',
    late: 'Late', times: 'times', play: 'Play', stop: 'Stop', failed: 'The diagram cannot be drawn. See the list of steps.',
    keys: 'Arrow keys move, + and − zoom, 0 shows the whole diagram.'
  }
};

export const words = WORDS[document.documentElement.lang] || WORDS.vi;
