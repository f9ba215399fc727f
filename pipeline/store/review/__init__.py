"""What people say of the tasks in a directive database: accepted, rejected, edited, added; queue, import and export.

A review is an event of the database's history, with who, when and why; none is ever changed or removed. What a person
said of a task holds from then on, whatever later runs read; what they read is kept beside it.

`corrections` (what a person changes, and the task after it), `quotations` (where words stand in a text), `reviewing`
(one review into the database), `queue` (what to look at first), `gold_files` and `task_sheets` (corrected files in),
`gold_export` (corrections out, for `chidao evaluate`).
"""
