;;; drive.el --- Opens a file in a real Emacs with lsp-mode and looks at what it is told  -*- lexical-binding: t; -*-

;; Every wait is for an event; the limit only ends a run that hangs.

(defconst test-work (getenv "CONCORD_TEST_WORK"))
(setq concord-command
      (list (concat (getenv "CONCORD_TEST_PRODUCTS") "/concord") "lsp"
            "--plugins" (concat (getenv "CONCORD_TEST_ROOT") "/Plugins"))
      concord-settings '(:typingPause 0)
      lsp-session-file (concat test-work "/session")
      lsp-auto-guess-root t
      ;; Nobody is there to be asked.
      lsp-restart 'ignore
      create-lockfiles nil)
(load "~/.emacs.d/lisp/concord-lsp-mode")

(defun test-findings (words)
  "What the server said of this file that has WORDS in it."
  (seq-filter (lambda (finding) (string-search words (gethash "message" finding)))
              (seq-mapcat (lambda (of-file) (append of-file nil)) (hash-table-values (lsp-diagnostics)))))

(defun test-wait (what condition)
  "Take in what the server says until CONDITION holds; say WHAT was waited for in vain."
  (let ((deadline (+ (float-time) 60)) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) deadline)
        (error "Waited in vain: %s" what))
      (accept-process-output nil 0.05))
    found))

(find-file (concat test-work "/shelf/shelf.json"))
(lsp)
(let* ((finding (car (test-wait "the wrong barcode" (lambda () (test-findings "the last one is 5, not 8")))))
       (start (gethash "start" (gethash "range" finding))))
  (goto-char (point-min))
  (search-forward "\"8936000010518\"")
  (unless (= (gethash "line" start) (1- (line-number-at-pos)))
    (error "It stands elsewhere: %S" start))
  (message "ok   a finding is told at its place")
  (replace-match "\"8936000010515\"")
  (lsp--flush-delayed-changes)
  (test-wait "a right barcode" (lambda () (null (test-findings "the last one is 5, not 8"))))
  (message "ok   typing is followed"))
;;; drive.el ends here
