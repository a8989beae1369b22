"""What an administrator sends and gets.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from datetime import date

from pydantic import Field

from bot.api.ingest_schemas import FileBody
from bot.api.policy_schemas import PolicyBody
from bot.api.schemas import Body
from bot.documents.jobs import Job, JobState
from bot.documents.staging import Upload


class SessionBody(Body):
    """That the request is an administrator's."""

    administrator: bool


class UploadBody(Body):
    """What an uploaded file holds; nothing of it is published yet."""

    upload_id: str
    name: str
    policies: list[PolicyBody]
    errors: list[str] = Field(description="Of the files in it that gave nothing.")

    @classmethod
    def of(cls, upload: Upload, day: date) -> "UploadBody":
        """The upload as a preview."""
        return cls(
            upload_id=upload.upload_id,
            name=upload.path.name,
            policies=[PolicyBody.of(policy, day) for policy in upload.policies],
            errors=list(upload.errors),
        )


class JobBody(Body):
    """How far a piece of work on the index is."""

    job_id: str
    state: JobState
    doing: str = Field(description="What is being done, such as: reading files.")
    done: int
    total: int
    reports: list[FileBody]
    error: str

    @classmethod
    def of(cls, job: Job) -> "JobBody":
        """The job as it goes over the wire; files are told by their names alone."""
        body = cls.model_validate(job)
        for report in body.reports:
            report.path = type(report.path)(report.path.name)
        return body
