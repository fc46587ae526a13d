;;; drive.el --- Opens files in a real Emacs and looks at what it shows  -*- lexical-binding: t; -*-

;; Every wait is for an event; the limits only end a run that hangs.

(require 'cl-lib)
(require 'concord)

(defconst test-work (getenv "CONCORD_TEST_WORK"))
(defconst test-limit 60)

(setq concord-command
      (list (concat (getenv "CONCORD_TEST_PRODUCTS") "/concord") "lsp"
            "--plugins" (concat (getenv "CONCORD_TEST_ROOT") "/Plugins"))
      concord-settings '(:typingPause 0)
      ;; Nobody is there to be asked.
      eglot-confirm-server-initiated-edits nil
      eglot-connect-timeout test-limit
      eglot-sync-connect test-limit
      make-backup-files nil
      create-lockfiles nil)

(defun test-fail (format &rest arguments)
  (error "%s\nshown: %S" (apply #'format format arguments) (test-findings)))

(defmacro test-wait (what &rest condition)
  "Take in what the server says until CONDITION holds; say WHAT was waited for in vain."
  (declare (indent 1))
  `(let ((deadline (+ (float-time) test-limit)) (quiet 0) found)
     (while (not (setq found (progn ,@condition)))
       (when (> (float-time) deadline)
         (test-fail "waited in vain: %s" ,what))
       (setq quiet (if (accept-process-output nil 0.05) 0 (1+ quiet)))
       (when (= quiet 20)
         (setq quiet 0)
         (test-nudge)))
     found))

(defun test-nudge ()
  "Make the server say something, as people do by moving about.
Emacs 28 leaves what it read in one piece with an answer, and behind it, until more is read: the answer's `throw' ends
`jsonrpc--process-filter'."
  (when (eglot-current-server)
    (ignore-errors (test-hover))))

(defun test-open (name)
  "Visit NAME below the working folder, as the command loop would."
  (find-file (expand-file-name name test-work))
  (run-hooks 'post-command-hook)
  (test-wait (concat "a server for " name) (eglot-current-server)))

(defun test-send ()
  "Tell the server now what it would be told after a moment's rest."
  (eglot--signal-textDocument/didChange))

(defun test-findings (&optional text)
  "Place and words of what is shown in this buffer; with TEXT only what says it."
  (cl-loop for diagnostic in (flymake-diagnostics)
           for words = (flymake-diagnostic-text diagnostic)
           when (or (null text) (string-search text words))
           collect (list (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic) words)))

(defun test-go-to (text &optional after)
  "Put point on the first TEXT, or the first behind AFTER."
  (goto-char (point-min))
  (when after (search-forward after))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun test-hover ()
  "What Eglot shows for the place at point."
  (let* ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover
                                  (eglot--TextDocumentPositionParams)))
         (contents (plist-get answer :contents)))
    (when contents
      (substring-no-properties (eglot--hover-info contents (plist-get answer :range))))))

(defun test-expect (text words)
  (unless (and words (string-search text words))
    (test-fail "%S is not in %S" text words)))

(defun test-after (text)
  "What stands behind the first TEXT on its line."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (buffer-substring-no-properties (point) (line-end-position))))

;; The tests, in the order a person might do these things

(defconst tests nil)
(defmacro deftest (name &rest body)
  (declare (indent 1))
  `(setq tests (append tests (list (cons ,name (lambda () ,@body))))))

(deftest "findings appear with their text and place"
  (test-open "shelf/shelf.json")
  (let* ((finding (car (test-wait "the wrong barcode" (test-findings "the last one is 5, not 8")))))
    (test-go-to "\"8936000010518\"")
    (unless (and (= (nth 0 finding) (point)) (= (nth 1 finding) (+ 15 (point))))
      (test-fail "it stands elsewhere: %S instead of %S" finding (point)))))

(deftest "a hover explains the finding, the term and what an id names"
  (test-go-to "8936000010518")
  (test-expect "with these digits the last one is 5" (test-hover))
  (test-go-to "8936000010140" "\"label\": ")
  (let ((card (test-hover)))
    (test-expect "Fresh milk, no sugar, 1 L" card)
    (test-expect "Milk and cheese" card))
  (test-go-to "front" "\"source\": ")
  (test-expect "images/shelf-0001.png" (test-hover))
  (test-go-to "18" "\"bbox\": ")
  (test-expect "52.5 wide" (test-hover)))

(deftest "an id leads to the entry it names, and a term to its list"
  (test-go-to "front" "\"source\": ")
  (let ((place (car (xref-backend-definitions 'eglot "front"))))
    (unless place (test-fail "no definition"))
    (test-expect "{\"id\": \"front\"" (xref-item-summary place)))
  (test-go-to "8936000010140" "\"label\": ")
  (let ((place (car (xref-backend-definitions 'eglot "8936000010140"))))
    (unless place (test-fail "no term"))
    (test-expect "skus.json" (xref-location-group (xref-item-location place)))))

(deftest "an id is renamed everywhere, and one that is taken is not"
  (test-go-to "front" "\"source\": ")
  (let ((before (how-many "\"front\"" (point-min) (point-max))))
    (eglot-rename "main-camera")
    (test-expect "\"main-camera\"" (test-after "\"source\": "))
    (unless (< (how-many "\"front\"" (point-min) (point-max)) before)
      (test-fail "the others kept their name")))
  (test-send)
  (test-go-to "a1" "\"annotations\": ")
  (condition-case refusal
      (progn (eglot-rename "a2") (test-fail "a2 was given twice"))
    (jsonrpc-error (test-expect "taken already" (format "%S" refusal)))))

(deftest "a fix is offered and applied"
  (test-go-to "8936000012366" "\"label\": 893600001236")
  (test-go-to "8936000012366,")
  (test-wait "the number without quotes"
    (cl-find-if (lambda (finding) (<= (nth 0 finding) (point) (nth 1 finding))) (test-findings)))
  (let* ((place (point-marker))
         (actions (eglot-code-actions (point) (point)))
         (action (car actions)))
    (unless action (test-fail "nothing is offered"))
    (cl-letf (((symbol-function 'completing-read) (lambda (_prompt items &rest _) (caar items)))
              ;; Asked by keyboard, not by mouse.
              (last-nonmenu-event ?a))
      (eglot--read-execute-code-action (list action) (eglot-current-server)))
    (goto-char place)
    (unless (save-excursion (beginning-of-line) (search-forward "\"8936000012366\"" (line-end-position) t))
      (test-fail "no quotes: %s" (buffer-substring (line-beginning-position) (line-end-position))))
    (test-send)
    (test-wait "the finding to go"
      (not (cl-find-if (lambda (finding) (<= (line-beginning-position) (nth 0 finding) (line-end-position)))
                       (test-findings "quotes"))))))

(defun test-complete (typed)
  "Type TYPED into an empty label and complete it; what is offered, and the label when the first is chosen."
  (test-go-to "\"label\": \"" "\"annotations\": ")
  (goto-char (match-end 0))
  (delete-region (point) (1- (search-forward "\"")))
  (backward-char)
  (insert typed)
  (pcase-let* ((`(,start ,end ,table . ,more) (eglot-completion-at-point))
               (metadata (completion-metadata "" table nil))
               (found (completion-all-completions (buffer-substring start end) table nil (- (point) start) metadata)))
    (when (consp found) (setcdr (last found) nil))
    (let* ((sorted (funcall (completion-metadata-get metadata 'display-sort-function) found))
           (first (car sorted)))
      (when first
        (delete-region start end)
        (goto-char start)
        (insert first)
        (funcall (plist-get more :exit-function) first 'finished))
      (prog1 (cons (mapcar #'substring-no-properties sorted) (test-label))
        (test-send)))))

(defun test-label ()
  "The first label as it is now."
  (save-excursion
    (test-go-to "\"label\": \"" "\"annotations\": ")
    (goto-char (match-end 0))
    (buffer-substring-no-properties (point) (1- (search-forward "\"")))))

(dolist (typed '("duong trang" "đường" "89360000" "duong trnag"))
  (deftest (format "a product is completed from: %s" typed)
    (with-current-buffer "shelf.json"
      (pcase-let ((`(,offered . ,label) (test-complete typed)))
        (unless (string-match-p (if (string-prefix-p "8936" typed) "\\`89360000[0-9]\\{5\\}\\'" "\\`8936000014582\\'") label)
          (test-fail "the label is %S; offered was %S" label offered))))))

(deftest "lines of JSON are known"
  (test-open "vision/clean.concord.jsonl")
  (unless (eq major-mode 'concord-lines-mode) (test-fail "the mode is %s" major-mode))
  (goto-char (point-max))
  (insert "{\"id\": \n")
  (test-send)
  (test-wait "a finding on the broken line" (test-findings)))

(deftest "files that are none of its business get nothing"
  (test-open "package.json")
  ;; The server answers in order: once it has answered this, it has taken the file in.
  (test-go-to "version")
  (when (test-hover) (test-fail "it says: %S" (test-hover)))
  (when (test-findings) (test-fail "something is said")))

;; Running them: each builds on the one before, so the first failure ends the run.

(let ((status 0))
  (cl-loop for (name . body) in tests
           for started = (float-time)
           do (condition-case problem
                  (progn
                    (funcall body)
                    (princ (format "ok   %s (%.1f s)\n" name (- (float-time) started))))
                (error
                 (princ (format "FAIL %s\n%s\n" name (error-message-string problem)))
                 (setq status 1)
                 (cl-return))))
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer (set-buffer-modified-p nil)))
  (ignore-errors (eglot-shutdown-all))
  (kill-emacs status))
;;; drive.el ends here
